"""Rewrite large code bases and look for harm: crashes, broken files, undefined names, changes of a second pass.

    python benchmarks/safety.py [--from RELEASE] [--to RELEASE] [--keep FOLDER] [--diffs FILE]

Exit code 1 if any is found. ``--diffs`` keeps every rewriting, to be read.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).parent))

from sources import unpack_sdist

from djup.model import parse_release
from djup.report.diff import unified_diff
from djup.source.text import SourceText, read_text
from djup.source.tree import parse, parses_in_python3
from djup.tasks.fix import Order, Rewritten, rewrite, write

CODE_BASES = Path(__file__).parent / "code_bases.toml"


def main() -> int:
    """Run over every code base that the index has."""
    parser = argparse.ArgumentParser(description="Rewrite large real code bases and look for harm.")
    parser.add_argument("names", nargs="*", help="NAME==VERSION (default: all of code_bases.toml)")
    parser.add_argument("--from", dest="start", default="1.4")
    parser.add_argument("--to", dest="target", default="6.1")
    parser.add_argument("--keep", type=Path, help="an existing folder for the sources, used again")
    parser.add_argument("--diffs", type=Path, help="a file for all diffs")
    asked = parser.parse_args()
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="djup-safety-"))
    order = Order(start=parse_release(asked.start), target=parse_release(asked.target))
    total: Counter[str] = Counter()
    for spec in asked.names or tomllib.loads(CODE_BASES.read_text(encoding="utf-8"))["sdists"]:
        root = source(spec, folder)
        if root is None:
            print(f"{spec}: the index has no sdist of it", flush=True)
            continue
        found = check(root, order, asked.diffs)
        total.update(found)
        print(f"{spec}: " + ", ".join(f"{count} {what}" for what, count in found.items()), flush=True)
    print("\n" + ", ".join(f"{count} {what}" for what, count in total.items()))
    return int(any(total[what] for what in HARM))


HARM = ("crashes", "broken files", "new undefined names", "second-pass changes")


def source(spec: str, folder: Path) -> Path | None:
    """The sources of a code base, downloaded once."""
    name, _, version = spec.partition("==")
    mark = folder / f"{name}-{version}.path"
    if not mark.exists():
        try:
            mark.parent.mkdir(parents=True, exist_ok=True)
            mark.write_text(str(unpack_sdist(name, version, folder / spec)))
        except (LookupError, OSError, ValueError):
            return None
    return Path(mark.read_text())


def check(root: Path, order: Order, diffs: Path | None) -> Counter[str]:
    """Rewrite a copy and count what went wrong."""
    with tempfile.TemporaryDirectory(prefix="djup-safety-") as name:
        copy = Path(name) / root.name
        subprocess.run(["cp", "-a", str(root), str(copy)], check=True)
        before = undefined(copy)
        try:
            done = rewrite([copy], order)
        except Exception as error:  # noqa: BLE001  # a crash is what is looked for
            print(f"  {root.name}: {type(error).__name__}: {error}")
            return Counter({"crashes": 1})
        if diffs is not None:
            with diffs.open("a", encoding="utf-8", errors="surrogateescape") as file:
                file.write(unified_diff(done.root, done.changed))
        broken = [path for path, data in done.changed.items() if breaks(copy, path, data)]
        write(done)
        again = rewrite([copy], order)
        new = undefined(copy) - before
        tell(root.name, broken, new, again)
        counts = {
            "files": done.files,
            "rewritten": len(done.changed),
            "places": sum(done.edits.values()),
            "left": len(done.findings),
            "crashes": 0,
            "broken files": len(broken),
            "new undefined names": sum(new.values()),
            "second-pass changes": len(again.changed),
        }
    return Counter(counts)


def breaks(root: Path, path: PurePosixPath, data: bytes) -> bool:
    """Whether a file parsed before and does not now: by Python 3's parser, else by one that reads both Pythons."""
    if path.suffix != ".py":
        return False
    target = root / path
    old = read_text(target.read_bytes()) if target.exists() else None
    new = read_text(data)
    if not isinstance(new, SourceText):
        return True
    if not isinstance(old, SourceText):
        return False
    if parses_in_python3(old.body):
        return not parses_in_python3(new.body)
    return not parse(old.body).root_node.has_error and parse(new.body).root_node.has_error


def undefined(root: Path) -> Counter[tuple[str, str]]:
    """The undefined names that ruff finds (F821), by file and message."""
    ran = subprocess.run(
        [
            Path(sys.executable).parent / "ruff",
            "check",
            "--isolated",
            "--no-cache",
            "--select",
            "F821",
            "--output-format",
            "json",
            str(root),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(ran.stdout or "[]")
    return Counter((one["filename"], one["message"]) for one in found if one["code"] == "F821")


def tell(name: str, broken: list[PurePosixPath], new: Counter[tuple[str, str]], again: Rewritten) -> None:
    """Name the first few of each kind of harm."""
    for path in broken[:5]:
        print(f"  {name}: no longer parses: {path}")
    for (file, message), _ in list(new.items())[:8]:
        print(f"  {name}: {file.partition(name)[2]}: {message}")
    for path in list(again.changed)[:5]:
        print(f"  {name}: changes again: {path} {dict(again.edits)}")


if __name__ == "__main__":
    sys.exit(main())
