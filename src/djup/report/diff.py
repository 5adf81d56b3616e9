"""What a fix would change, as a unified diff."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath


def unified_diff(root: Path, files: Mapping[PurePosixPath, bytes]) -> str:
    """Return the diff between the files on disk and their new bytes, as ``git apply`` takes it."""
    parts = []
    for path in sorted(files):
        there = (root / path).exists()
        text = (root / path).read_bytes() if there else b""
        old = text.decode("utf-8", "surrogateescape").splitlines(keepends=True)
        new = files[path].decode("utf-8", "surrogateescape").splitlines(keepends=True)
        lines = difflib.unified_diff(old, new, f"a/{path}" if there else "/dev/null", f"b/{path}")
        parts += [line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines]
    return "".join(parts).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
