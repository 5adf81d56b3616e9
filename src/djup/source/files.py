"""The files of a project that are its own source: finding them, and writing them whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path, PurePosixPath

import pathspec

from djup import process

FOREIGN = frozenset({
    ".git", ".hg", ".svn", ".tox", ".nox", ".venv", "venv", "virtualenv", "site-packages", "node_modules",
    "bower_components", "__pycache__", ".eggs", "_vendor", "vendor", "vendored", "third_party", ".mypy_cache",
    ".ruff_cache", ".pytest_cache",
})  # fmt: skip
"""Folders whose content somebody else wrote, or a tool."""

_GENERATED = ("_pb2.py", "_pb2_grpc.py", ".min.js", ".min.css")


def project_files(root: Path) -> tuple[PurePosixPath, ...]:
    """Return the project's own files, relative to its root, sorted; no ignored, foreign or generated ones."""
    listed = _from_git(root)
    paths = _from_walk(root) if listed is None else listed
    return tuple(sorted(path for path in paths if _is_own(root, path)))


def _is_own(root: Path, path: PurePosixPath) -> bool:
    if FOREIGN.intersection(path.parts[:-1]) or path.name.endswith(_GENERATED):
        return False
    return (root / path).is_file() and not (root / path).is_symlink()


def _from_git(root: Path) -> list[PurePosixPath] | None:
    try:
        ran = process.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=root)
    except process.ProgramMissingError:
        return None
    if not ran.ok:
        return None
    return [PurePosixPath(name) for name in ran.output.split("\0") if name]


def _from_walk(root: Path) -> list[PurePosixPath]:
    found: list[PurePosixPath] = []
    ignored: list[tuple[PurePosixPath, pathspec.GitIgnoreSpec]] = []
    for folder, folders, names in os.walk(root):
        here = PurePosixPath(Path(folder).relative_to(root).as_posix())
        if ".gitignore" in names:
            lines = (Path(folder) / ".gitignore").read_text(encoding="utf-8", errors="replace").splitlines()
            ignored.append((here, pathspec.GitIgnoreSpec.from_lines(lines)))
        folders[:] = sorted(
            name
            for name in folders
            if name not in FOREIGN
            and not (Path(folder) / name / "pyvenv.cfg").exists()
            and not _is_ignored(here / name, ignored, folder=True)
        )
        found += [here / name for name in names if not _is_ignored(here / name, ignored)]
    return found


def _is_ignored(
    path: PurePosixPath,
    ignored: list[tuple[PurePosixPath, pathspec.GitIgnoreSpec]],
    *,
    folder: bool = False,
) -> bool:
    for above, spec in ignored:
        if path.is_relative_to(above) and spec.match_file(f"{path.relative_to(above)}{'/' if folder else ''}"):
            return True
    return False


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old or the new content, never a part; survives a kill at any moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
