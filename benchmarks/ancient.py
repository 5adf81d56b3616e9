"""What is left to a person in four ancient trees after ``djup fix --to 6.1``, of all that was found there.

    python benchmarks/ancient.py [--keep FOLDER]

Counts are of places of severity must: those rewritten, and those left, by change.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from safety import source

from djup.tasks.fix import Order, rewrite

TREES = ("django-oscar==0.4", "wagtail==0.1", "Mezzanine==1.4.16", "askbot==0.7.53")
MOST = 0.10
"""The part of the places that may be left."""


def main() -> int:
    """Print a row for each tree and what is left in it; exit 1 where that is too much."""
    parser = argparse.ArgumentParser(description="Count what is left to a person in ancient trees.")
    parser.add_argument("--keep", type=Path, help="an existing folder for the sources, used again")
    folder = parser.parse_args().keep or Path(tempfile.mkdtemp(prefix="djup-ancient-"))
    shares = [show(spec, source(spec, folder)) for spec in TREES]
    return int(any(share >= MOST for share in shares))


def show(spec: str, root: Path | None) -> float:
    """Print one tree's counts; returns the part that is left (1.0 where the tree could not be had)."""
    if root is None:
        print(f"{spec}: could not be had")
        return 1.0
    result = rewrite([root], Order(start=(1, 4), target=(6, 1)))
    left = Counter(finding.change for finding in result.findings if finding.severity == "must")
    edits = sum(result.edits.values())
    share = left.total() / (left.total() + edits)
    print(f"{spec}: {edits} places rewritten, {left.total()} left ({share:.1%})")
    for change, count in left.most_common():
        print(f"  {count:4}  {change}")
    return share


if __name__ == "__main__":
    sys.exit(main())
