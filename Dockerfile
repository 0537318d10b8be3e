# The app as a service: docker build -t midime . && docker run -p 8501:8501 midime
# With an NVIDIA card: docker build --build-arg REQUIREMENTS=requirements-gpu.txt -t midime-gpu . &&
# docker run --gpus all -p 8501:8501 midime-gpu (the host needs the driver and NVIDIA's container
# toolkit; CUDA itself comes as wheels).
FROM python:3.12-slim-bookworm

# The synthesiser and, with it, the sound font TimGM6mb (GPL-2, see NOTICE).
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libfluidsynth3 timgm6mb-soundfont \
    && rm -rf /var/lib/apt/lists/*

# Nobody who finds a hole in the app shall be root. 1000 is what Hugging Face Spaces expect.
RUN useradd --create-home --uid 1000 midime
WORKDIR /home/midime/app

# Before the code, so that a change of the code does not install everything again.
ARG REQUIREMENTS=requirements.txt
COPY requirements*.txt requirements.in ./
RUN pip install --no-cache-dir --requirement "$REQUIREMENTS"

COPY --chown=midime . .
RUN pip install --no-cache-dir --no-deps --editable .
USER midime
# What visitors keep; put a volume here. Made by its user, so that a new volume belongs to them.
RUN mkdir --mode=700 /home/midime/data
ENV MIDIME_DATA=/home/midime/data

EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://localhost:8501/_stcore/health', timeout=4)"]
CMD ["python", "-m", "streamlit", "run", "streamlit_app.py", "--server.port=8501", "--server.address=0.0.0.0"]
