"""CPU seconds, wall seconds and memory of ``djup fix --check`` beside its peers, on the same files, in one run.

    python benchmarks/speed.py [--keep FOLDER] [--rounds N]

The tools take turns; medians are shown, and ratios to djup: as it runs by itself, which keeps what it found about files
for the next time, and with ``--no-cache``, as the first time. django-upgrade is installed into a folder of its own.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from safety import CODE_BASES, source

KEPT = "djup fix --check"
FRESH = "djup fix --check --no-cache"

ARGUMENTS = 4000
"""Files named in one call of a tool that takes its files as arguments."""


def main() -> int:
    """Lay the files out, let each tool warm the disk's cache once, then measure."""
    parser = argparse.ArgumentParser(description="Measure djup fix --check beside its peers.")
    parser.add_argument("--keep", type=Path, help="an existing folder for the sources, used again")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="djup-speed-"))
    with tempfile.TemporaryDirectory(prefix="djup-speed-") as name:
        tree = Path(name) / "tree"
        files = lay_out(folder, tree)
        lines = sum(file.read_bytes().count(b"\n") for file in files)
        print(f"{len(files)} Python files, {lines} lines; {asked.rounds} rounds, medians\n")
        tools = commands(tree, files, peer(folder))
        found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in tools}
        for round_ in range(asked.rounds + 1):
            for tool, calls in tools.items():
                result = measure(calls)
                if round_:
                    found[tool].append(result)
        show(found)
    return 0


def lay_out(folder: Path, tree: Path) -> list[Path]:
    """Copy the Python files of the code bases into one tree."""
    for spec in tomllib.loads(CODE_BASES.read_text(encoding="utf-8"))["speed"]:
        root = source(spec, folder)
        for file in sorted(root.rglob("*.py")) if root is not None else ():
            if file.is_file() and not file.is_symlink():
                target = tree / spec.replace("==", "-") / file.relative_to(root or file)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
    return sorted(tree.rglob("*.py"))


def peer(folder: Path) -> Path:
    """django-upgrade in a folder of its own."""
    home = folder / "django-upgrade"
    if not (home / "bin" / "django-upgrade").exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([str(home / "bin" / "pip"), "install", "--quiet", "django-upgrade"], check=True)
    return home / "bin" / "django-upgrade"


def commands(tree: Path, files: list[Path], upgrade: Path) -> dict[str, list[list[str]]]:
    """What each tool is called as."""
    ruff = str(Path(sys.executable).parent / "ruff")
    chunks = [files[at : at + ARGUMENTS] for at in range(0, len(files), ARGUMENTS)]
    djup = [sys.executable, "-m", "djup", "fix", "--check", "--from", "1.4", "--to", "6.1"]
    return {
        KEPT: [[*djup, str(tree)]],
        FRESH: [[*djup, "--no-cache", str(tree)]],
        "ruff check --select UP,DJ": [
            [ruff, "check", "--isolated", "--no-cache", "-q", "--select", "UP,DJ", str(tree)]
        ],
        "django-upgrade --check": [
            [str(upgrade), "--check", "--target-version", "6.0", *map(str, chunk)] for chunk in chunks
        ],
    }


def measure(calls: list[list[str]]) -> tuple[float, float, float]:
    """CPU seconds (with children), wall seconds, and the peak memory of one process in MB."""
    cpu = peak = 0.0
    started = time.monotonic()
    for call in calls:
        with Path(os.devnull).open("wb") as null:
            process = subprocess.Popen(call, stdout=null, stderr=null)
            _, _, used = os.wait4(process.pid, 0)
        cpu += used.ru_utime + used.ru_stime
        peak = max(peak, used.ru_maxrss / 1024)
    return cpu, time.monotonic() - started, peak


def show(found: dict[str, list[tuple[float, float, float]]]) -> None:
    """Print a row for each tool, with its ratios to djup."""
    print("| tool | CPU s | wall s | MB | CPU, wall / djup | CPU, wall / djup --no-cache |")
    print("| --- | --- | --- | --- | --- | --- |")
    medians = {tool: [statistics.median(one) for one in zip(*results, strict=True)] for tool, results in found.items()}
    for tool, (cpu, wall, memory) in medians.items():
        ratios = [f"{cpu / medians[own][0]:.2f}, {wall / medians[own][1]:.2f}" for own in (KEPT, FRESH)]
        print(f"| {tool} | {cpu:.2f} | {wall:.2f} | {memory:.0f} | {' | '.join(ratios)} |")


if __name__ == "__main__":
    sys.exit(main())
