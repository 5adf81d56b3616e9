"""The files of a project that are its own source: finding them, and writing them whole."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Collection
from pathlib import Path, PurePosixPath

import pathspec

from djup.git import Git
from djup.process import ProgramMissingError

FOREIGN = frozenset({
    ".git", ".hg", ".svn", ".tox", ".nox", ".venv", "venv", "virtualenv", "site-packages", "node_modules",
    "bower_components", "__pycache__", ".eggs", "_vendor", "vendor", "vendored", "third_party", ".mypy_cache",
    ".ruff_cache", ".pytest_cache",
})  # fmt: skip
"""Folders whose content somebody else wrote, or a tool."""

_GENERATED = ("_pb2.py", "_pb2_grpc.py", ".min.js", ".min.css")
_DJANGO = "django/db/models/__init__.py"
_OWN_MARKS = ("setup.py", "setup.cfg", "pyproject.toml", "manage.py")


def project_files(root: Path) -> tuple[PurePosixPath, ...]:
    """Return the project's own files, relative to its root, sorted; no ignored, foreign or generated ones."""
    listed = _from_git(root)
    paths = _from_walk(root) if listed is None else [one for one in listed if _is_own(root, one)]
    foreign = vendored(paths)
    own = (path for path in paths if not path.endswith(_GENERATED) and not path.startswith(foreign))
    return tuple(map(PurePosixPath, sorted(own)))


def vendored(paths: Collection[str]) -> tuple[str, ...]:
    """The folders (with a slash at their end) that hold a copy of Django, and so packages that others wrote.

    A checkout of Django itself, or of a project, is none: it has its own ``setup.py`` or ``manage.py``.
    """
    holders = {path[: -len(_DJANGO)] for path in paths if path.endswith(f"/{_DJANGO}")}
    known = set(paths) if holders else set()
    return tuple(one for one in holders if known.isdisjoint(f"{one}{mark}" for mark in _OWN_MARKS))


def _is_own(root: Path, path: str) -> bool:
    """Whether git names a plain file that is there, and in no foreign folder."""
    if not FOREIGN.isdisjoint(path.split("/")[:-1]):
        return False
    try:
        return stat.S_ISREG(os.lstat(f"{root}/{path}").st_mode)
    except OSError:
        return False


def _from_git(root: Path) -> list[str] | None:
    try:
        ran = Git(root).run("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    except ProgramMissingError:
        return None
    return [name for name in ran.output.split("\0") if name] if ran.ok else None


def _from_walk(root: Path) -> list[str]:
    """The plain files below a folder that is under no version control, with its .gitignore files held to."""
    found: list[str] = []
    ignored: list[tuple[str, pathspec.GitIgnoreSpec]] = []
    waiting = [""]
    while waiting:
        here = waiting.pop()
        listed = _entries(root / here)
        if any(one.name == ".gitignore" for one in listed):
            lines = (root / here / ".gitignore").read_text(encoding="utf-8", errors="replace").splitlines()
            ignored.append((here, pathspec.GitIgnoreSpec.from_lines(lines)))
        for one in listed:
            path = f"{here}{one.name}"
            if one.is_file(follow_symlinks=False) and not _is_ignored(path, ignored):
                found.append(path)
            elif _is_own_folder(one) and not _is_ignored(f"{path}/", ignored):
                waiting.append(f"{path}/")
    return found


def _is_own_folder(entry: os.DirEntry[str]) -> bool:
    if not entry.is_dir(follow_symlinks=False) or entry.name in FOREIGN:
        return False
    return not (Path(entry.path) / "pyvenv.cfg").exists()


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder, by name; nothing where it may not be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda one: one.name)
    except PermissionError:
        return []


def _is_ignored(path: str, ignored: list[tuple[str, pathspec.GitIgnoreSpec]]) -> bool:
    """Whether a .gitignore above names a path; folders end with a slash."""
    return any(path.startswith(above) and spec.match_file(path[len(above) :]) for above, spec in ignored)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old or the new content, never a part; survives a kill at any moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
