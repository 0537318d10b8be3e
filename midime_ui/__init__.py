"""What the pages share: everything that imports Streamlit and is not a page itself."""
