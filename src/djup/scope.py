"""Which files and which changes a command may touch: the same answer for every command.

What is out of scope is neither rewritten nor named; it is still read, since the rest of the project may depend on it.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol, TypeVar

import pathspec

from djup.config import Config
from djup.errors import UsageError
from djup.model import Record


class Identified(Protocol):
    """A change, as far as this module needs to know it."""

    @property
    def id(self) -> str:
        """The change's id, such as ``"4.0/force-text"``."""
        ...


ChangeT = TypeVar("ChangeT", bound=Identified)


class Scope(Record):
    """What may be touched.

    ``exclude`` are patterns of files and folders as in ``.gitignore``, from the folder of the project; ``inside`` is
    the folder below it that paths are given from, where a command is asked about a part of the project. ``skip`` and
    ``only`` are ids of changes; an empty ``only`` stands for all.
    """

    exclude: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    inside: PurePosixPath = PurePosixPath()

    def files(self, paths: Iterable[PurePosixPath]) -> list[PurePosixPath]:
        """The files of some that may be rewritten and whose places may be named, in their order."""
        if not self.exclude:
            return list(paths)
        spec = pathspec.GitIgnoreSpec.from_lines(self.exclude)
        return [path for path in paths if not spec.match_file(self.inside / path)]

    def changes(self, changes: Iterable[ChangeT]) -> list[ChangeT]:
        """The changes of some that may be made and named, in their order."""
        wanted = [change for change in changes if not self.only or change.id in self.only]
        return [change for change in wanted if change.id not in self.skip]

    def check_ids(self, known: Collection[str]) -> None:
        """Raise UsageError for an id that no change has: a slip would silently let the change happen."""
        unknown = [name for name in (*self.only, *self.skip) if name not in known]
        if unknown:
            near = difflib.get_close_matches(unknown[0], known, n=1)
            hint = f"Did you mean '{near[0]}'?" if near else "`djup changes list` shows the ids."
            raise UsageError(f"there is no change '{unknown[0]}'.", hint=hint)


def scope_of(config: Config, *, only: Sequence[str] = (), skip: Sequence[str] = (), inside: str = "") -> Scope:
    """The scope that a configuration gives, narrowed by what one call asks for of a folder ``inside`` the project."""
    return Scope(exclude=config.exclude, skip=(*config.skip, *skip), only=tuple(only), inside=PurePosixPath(inside))


def project_root(folder: Path) -> Path:
    """The nearest folder, from one upwards, that holds djup's configuration; the folder itself where none does.

    The search ends at the top of the repository, since a configuration above it is another project's.
    """
    for candidate in (folder, *folder.parents):
        if _is_configured(candidate):
            return candidate
        if (candidate / ".git").exists():
            break
    return folder


def _is_configured(folder: Path) -> bool:
    if (folder / "djup.toml").is_file():
        return True
    pyproject = folder / "pyproject.toml"
    return pyproject.is_file() and "[tool.djup" in pyproject.read_text(encoding="utf-8", errors="replace")
