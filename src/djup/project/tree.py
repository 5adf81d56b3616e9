"""The files of a project that count: what git knows, without what others wrote or tools made."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from djup.project.vcs import tracked_files
from djup.source.files import vendored

FOREIGN = frozenset({
    ".git", ".hg", ".svn", ".tox", ".nox", ".venv", "venv", "virtualenv", "env", "node_modules", "bower_components",
    "site-packages", "dist-packages", "__pycache__", ".eggs", ".mypy_cache", ".pytest_cache", "_vendor", "vendored",
})  # fmt: skip
"""Folders that hold what is not the project's own."""

MARKS = ("pyvenv.cfg", "conda-meta")
"""What a folder holds when it is a virtual environment, whatever its name."""


class Tree:
    """A checkout's own files, by path relative to its root."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @functools.cached_property
    def files(self) -> tuple[PurePosixPath, ...]:
        """Every own file, sorted."""
        known = tracked_files(self.root)
        paths = [PurePosixPath(path) for path in (known if known is not None else _walk(self.root))]
        foreign = vendored([str(path) for path in paths])
        own = [
            path for path in paths if not FOREIGN.intersection(path.parts[:-1]) and not str(path).startswith(foreign)
        ]
        return tuple(path for path in own if (self.root / path).is_file())

    def named(self, name: str) -> tuple[PurePosixPath, ...]:
        """The own files of a name, the nearest to the root first."""
        found = [path for path in self.files if path.name == name]
        return tuple(sorted(found, key=lambda path: (len(path.parts), path)))

    def has(self, path: PurePosixPath | str) -> bool:
        """Whether a file is there (ignored ones count)."""
        return (self.root / path).is_file()

    def text(self, path: PurePosixPath | str) -> str:
        """The text of a file; bytes that are no UTF-8 are replaced, as reading must not fail on them."""
        return (self.root / path).read_text(encoding="utf-8-sig", errors="replace")

    @functools.cached_property
    def python_files(self) -> tuple[PurePosixPath, ...]:
        """Every own Python module."""
        return tuple(path for path in self.files if path.suffix == ".py")


def _walk(root: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(root):
        if any((Path(folder) / mark).exists() for mark in MARKS):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if name not in FOREIGN)
        relative = Path(folder).relative_to(root)
        yield from ((relative / name).as_posix() for name in sorted(files))
