"""Measure reading several hundred foreign product pages and building their site: seconds, megabytes, files.

    python benchmarks/lifecycle_build.py [PAGES]

Without PAGES 460 of them are made (``lifecycle_pages.py``). Each figure is that of a fresh process.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
RUNS = 3


def main() -> int:
    """Print the figures; the exit code is 1 where a goal (20 s, 500 MB) is missed."""
    with tempfile.TemporaryDirectory(prefix="djup-lifecycle-") as name:
        folder = Path(name)
        pages = Path(sys.argv[1]) if len(sys.argv) > 1 else folder / "pages"
        if len(sys.argv) == 1:
            subprocess.run([sys.executable, str(HERE / "lifecycle_pages.py"), str(pages)], check=True)
        checked = timed("validate", str(pages), code=1)
        built = sorted(timed("build", str(folder / "site"), str(pages), "--no-bundled", code=0) for _ in range(RUNS))
        files = sum(1 for path in (folder / "site").rglob("*") if path.is_file())
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    middle = built[RUNS // 2]
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"validate: {checked.seconds:.1f} s, {len(checked.told.splitlines())} problems named")
    print(f"build, median of {RUNS}: {middle.seconds:.1f} s ({middle.busy:.1f} s of processor time), ", end="")
    print(f"{megabytes:.0f} MB at most, {files:,} files")
    return 0 if middle.seconds < 20 and megabytes < 500 else 1


class Timed(NamedTuple):
    """A command that ran: seconds on the clock, seconds of processor time, and what it printed."""

    seconds: float
    busy: float
    told: str


def timed(*words: str, code: int) -> Timed:
    """Run a djup lifecycle command, which may end with 0 or the code."""
    before, started = busy(), time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-m", "djup", "lifecycle", *words], capture_output=True, text=True, check=False
    )
    seconds = time.monotonic() - started
    if ran.returncode not in {0, code}:
        sys.exit(f"{words[0]} failed: {ran.stderr[-2000:]}")
    return Timed(seconds, busy() - before, ran.stdout)


def busy() -> float:
    """The processor time of all processes that ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
