"""``python -m djup`` and the ``djup`` program."""

from __future__ import annotations

import sys

from djup.cli.boundary import guarded
from djup.cli.program import program


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(guarded(program))


if __name__ == "__main__":
    main()
