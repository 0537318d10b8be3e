"""Make ``.venv`` what the requirements say, and do nothing when it already is.

``python scripts/prepare_environment.py run`` installs what the app needs, ``dev`` what the checks
need as well, ``gpu`` TensorFlow's CUDA wheels as well. A stamp in ``.venv`` holds a digest of
everything that was installed, so that the second time takes a tenth of a second.

Uses the standard library alone: it runs before anything is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
REQUIREMENTS: Final = {
    "run": ("requirements.txt",),
    "dev": ("requirements.txt", "requirements-dev.txt"),
    "gpu": ("requirements-gpu.txt",),
}
# Editing these changes what an installed `midime` command is.
PACKAGE_FILES: Final = ("pyproject.toml", "requirements.in")

# Debian's python3 comes without pip and cannot make an environment with one. So that its owner
# needs no administrator, pip is then taken from PyPI itself and checked against this digest.
PIP_WHEEL: Final = "pip-26.3-py3-none-any.whl"
PIP_URL: Final = (
    "https://files.pythonhosted.org/packages/07/25/"
    f"ee8c38ae72d66b844ce8eb9711ba905dba21ca1a8a0c960057c41cd23337/{PIP_WHEEL}"
)
PIP_SHA256: Final = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"


def digest(kind: str, root: Path = ROOT) -> str:
    """Hash of the files that decide what is installed for ``kind``, and of the Python."""
    sha = hashlib.sha256(sys.version.encode())
    for name in (*REQUIREMENTS[kind], *PACKAGE_FILES):
        sha.update(name.encode() + b"\0" + (root / name).read_bytes())
    return sha.hexdigest()


def is_ready(environment: Path, kind: str, root: Path = ROOT) -> bool:
    """Whether ``environment`` already holds what ``kind`` asks for."""
    stamp = environment / f".installed-{kind}"
    return stamp.is_file() and stamp.read_text() == digest(kind, root)


def python_of(environment: Path) -> Path:
    """The interpreter inside ``environment``, on any system."""
    windows = environment / "Scripts" / "python.exe"
    return windows if sys.platform == "win32" else environment / "bin" / "python"


def is_created(environment: Path) -> bool:
    """Whether ``environment`` is whole, and made by the Python that runs this."""
    mark = environment / ".created-by"
    return mark.is_file() and mark.read_text() == sys.version


def create(environment: Path) -> None:
    """Make an environment that has pip, also where Python itself came without it."""
    command = [sys.executable, "-m", "venv", "--clear"]
    try:
        import ensurepip  # noqa: F401 - Debian takes it out of the standard library
    except ImportError:
        subprocess.run([*command, "--without-pip", str(environment)], check=True)
        bootstrap_pip(environment)
    else:
        subprocess.run([*command, str(environment)], check=True)
    (environment / ".created-by").write_text(sys.version)  # last: a half-made one starts again


def bootstrap_pip(environment: Path) -> None:
    """Put pip into an environment that was made without it."""
    with urllib.request.urlopen(PIP_URL, timeout=60) as answer:  # noqa: S310 - a constant https URL
        wheel = answer.read()
    found = hashlib.sha256(wheel).hexdigest()
    if found != PIP_SHA256:
        sys.exit(f"{PIP_URL} has the digest {found}; expected {PIP_SHA256}. Nothing was installed.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / PIP_WHEEL
        path.write_bytes(wheel)
        # A wheel is a zip file, and Python runs what is inside one.
        pip = [str(python_of(environment)), str(path / "pip"), "install", "--quiet"]
        subprocess.run([*pip, "--no-index", str(path)], check=True)


def install(environment: Path, kind: str) -> None:
    """Install the requirements of ``kind`` and the package itself; then leave the stamp."""
    pip = [str(python_of(environment)), "-m", "pip", "install", "--disable-pip-version-check"]
    files = [word for name in REQUIREMENTS[kind] for word in ("-r", name)]
    subprocess.run([*pip, "--quiet", *files], check=True, cwd=ROOT)
    subprocess.run([*pip, "--quiet", "--no-deps", "--editable", "."], check=True, cwd=ROOT)
    for done in ("run", kind):  # every kind holds what `run` needs
        (environment / f".installed-{done}").write_text(digest(done))


def main() -> None:
    """Prepare the environment, saying what takes so long."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=sorted(REQUIREMENTS), help="what the environment is for")
    parser.add_argument("--environment", type=Path, default=ROOT / ".venv", metavar="FOLDER")
    options = parser.parse_args()
    if is_ready(options.environment, options.kind):
        return
    try:
        if not is_created(options.environment):
            print(f"Creating {options.environment.name} with Python {sys.version.split()[0]} …")
            create(options.environment)
        print("Installing what MidiMe needs: about 600 MB to download the first time …", flush=True)
        install(options.environment, options.kind)
    except (subprocess.CalledProcessError, OSError) as error:
        sys.exit(f"The environment could not be prepared: {error}. Look at the lines above.")


if __name__ == "__main__":
    main()
