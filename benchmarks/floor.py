"""What the first look of ``djup fix --check`` cannot do without, in CPU seconds, beside what the whole of it takes.

    python benchmarks/floor.py [--keep FOLDER]

Listing and reading the files, one pass of the needles over their bytes, and parsing, by tree-sitter's own C, no other
files than those that are found to change: each alone, without what any of it is for.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from speed import lay_out

from djup.knowledge.needles import matcher
from djup.source.files import project_files
from djup.source.tree import parse
from djup.tasks.fix import Order, changes_for


def main() -> int:
    """Lay the files out, let the disk's cache warm, and print a row for each part."""
    parser = argparse.ArgumentParser(description="Measure what a first look cannot do without.")
    parser.add_argument("--keep", type=Path, help="an existing folder for the sources, used again")
    asked = parser.parse_args()
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="djup-floor-"))
    with tempfile.TemporaryDirectory(prefix="djup-floor-") as name:
        tree = Path(name) / "tree"
        lay_out(folder, tree)
        djup = [sys.executable, "-m", "djup", "fix", "--check", "--no-cache", "--from", "1.4", "--to", "6.1"]
        ran = subprocess.run([*djup, str(tree)], capture_output=True, text=True, check=False)
        named = [tree / line.strip() for line in ran.stdout.splitlines()]
        changing = [path for path in named if path.suffix == ".py" and path.is_file()]
        whole, paths = timed(lambda: project_files(tree))
        print(f"list {len(paths)} files: {whole:.2f} s")
        reading, bodies = timed(lambda: [(tree / path).read_bytes() for path in paths])
        print(f"read them: {reading:.2f} s")
        changes = [one for one in changes_for(Order(start=(1, 4), target=(6, 1))) if one.fixable]
        automaton = matcher(changes)._automaton  # noqa: SLF001  # the pass alone, without what its hits mean
        if automaton is not None:
            passing, _ = timed(lambda: [automaton.find_matches_as_indexes(one, overlapping=True) for one in bodies])
            print(f"one pass of the needles: {passing:.2f} s")
        parsing, _ = timed(lambda: [parse(path.read_bytes()) for path in changing])
        print(f"parse the {len(changing)} files that change: {parsing:.2f} s")
    return 0


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """The CPU seconds of some work, and what it gave."""
    started = time.process_time()
    result = work()
    return time.process_time() - started, result


if __name__ == "__main__":
    sys.exit(main())
