"""``python -m kit init FOLDER`` begins a study; the other targets are those of make.py."""

import sys

from kit.build.__main__ import main

if __name__ == "__main__":
    sys.exit(main(program="python -m kit"))
