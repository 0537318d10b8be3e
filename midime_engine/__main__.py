"""``python -m midime_engine`` is the ``midime`` command."""

from __future__ import annotations

import sys

from midime_engine.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
