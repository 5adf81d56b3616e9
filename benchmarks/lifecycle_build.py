"""Measure reading several hundred foreign product pages and building their site: seconds, megabytes, files.

    python benchmarks/lifecycle_build.py [PAGES]

Without PAGES 460 of them are made (``lifecycle_pages.py``). Each figure is that of a fresh process.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Print the figures; the exit code is 1 where a goal (20 s, 500 MB) is missed."""
    with tempfile.TemporaryDirectory(prefix="djup-lifecycle-") as name:
        folder = Path(name)
        pages = Path(sys.argv[1]) if len(sys.argv) > 1 else folder / "pages"
        if len(sys.argv) == 1:
            subprocess.run([sys.executable, str(HERE / "lifecycle_pages.py"), str(pages)], check=True)
        problems = timed("validate", "validate", str(pages), code=1)
        seconds, told = timed("build", "build", str(folder / "site"), str(pages), "--no-bundled", code=0)
        megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        files = sum(1 for path in (folder / "site").rglob("*") if path.is_file())
    print(f"validate: {problems[0]:.1f} s, {len(problems[1].splitlines())} problems named")
    print(f"build: {seconds:.1f} s, {megabytes:.0f} MB at most, {files:,} files ({told.strip().splitlines()[-1]})")
    return 0 if seconds < 20 and megabytes < 500 else 1


def timed(what: str, *words: str, code: int) -> tuple[float, str]:
    """Run a djup lifecycle command and return its seconds and what it printed."""
    started = time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-m", "djup", "lifecycle", *words], capture_output=True, text=True, check=False
    )
    seconds = time.monotonic() - started
    if ran.returncode not in {0, code}:
        sys.exit(f"{what} failed: {ran.stderr[-2000:]}")
    return seconds, ran.stdout


if __name__ == "__main__":
    sys.exit(main())
