"""Joins what measured processes left behind, and writes for each file which lines ran and which did not.

Usage: cover_report.py RC-FILE ROOT OVERLAY with ``DJUP_PROBE_OUT`` set.
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(HERE)

import smoke_cover  # noqa: E402


def main():
    rc, root, overlay = sys.argv[1:4]
    sys.path.append(overlay)
    import coverage

    cover = coverage.Coverage(config_file=rc)
    cover.combine()
    smoke_cover.write_lines(cover, os.path.realpath(root), os.path.join(os.environ["DJUP_PROBE_OUT"], "coverage.json"))


if __name__ == "__main__":
    main()
