"""Locks made anew, by the project's own locker in an environment of its own, with as little movement as can be.

A locker is a module with the members of :class:`Locker`; to add one, write it and add it to :data:`LOCKERS`.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Protocol

from djup.environments.interpreters import Interpreter
from djup.environments.sources import Sources
from djup.errors import DjupError
from djup.model import ManifestFile, Record
from djup.packages.index import Index
from djup.packages.lockers import pdm, pip_tools, pipenv, poetry, uv_project
from djup.packages.lockers.workshop import LockFailedError, Workshop


class Relock(Record):
    """Locks to be made anew.

    ``root`` is the project's folder, its manifests written already; ``pins`` the version each package is to have;
    ``interpreter`` the Python the project is to run on; ``today`` the day of the run; ``logs`` where logs go;
    ``sources`` where packages come from.
    """

    root: Path
    locked: tuple[ManifestFile, ...]
    pins: Mapping[str, str]
    interpreter: Interpreter
    today: dt.date
    logs: Path
    sources: Sources


class Relocked(Record):
    """A lock and what became of it: its new text, or the ``reason`` it could not be made; ``tool`` made it."""

    path: PurePosixPath
    text: str = ""
    tool: str = ""
    reason: str = ""


class Locker(Protocol):
    """What a locker module offers."""

    @property
    def NAME(self) -> str:  # noqa: N802  # modules offer it as a constant
        """The name of the tool."""
        ...

    def makes(self, path: PurePosixPath, text: str) -> bool:
        """Whether a lock is one of this tool's."""
        ...

    def relock(self, shop: Workshop, lock: PurePosixPath, pins: Mapping[str, str]) -> str:
        """Make a lock anew in the workshop with packages at the versions of ``pins`` and the others where they are.

        Returns the tool and its version; raises LockFailedError.
        """
        ...


LOCKERS: tuple[Locker, ...] = (uv_project, poetry, pdm, pipenv, pip_tools)
"""Every locker."""


def relock(ask: Relock, index: Index) -> tuple[Relocked, ...]:
    """Make each lock anew; a lock that cannot be made keeps its text, with the reason."""
    if not ask.locked:
        return ()
    with tempfile.TemporaryDirectory(prefix="djup-locks-") as name:
        shop = Workshop(
            folder=Path(name),
            interpreter=ask.interpreter,
            index=index,
            today=ask.today,
            sources=ask.sources,
            logs=ask.logs,
        )
        shop.take(ask.root)
        return tuple(_relock_one(ask, shop, file) for file in ask.locked)


def _relock_one(ask: Relock, shop: Workshop, file: ManifestFile) -> Relocked:
    text = shop.text(file.path)
    locker = next((one for one in LOCKERS if one.makes(file.path, text)), None)
    if locker is None:
        return Relocked(path=file.path, reason="no locker is known that makes it")
    failure: DjupError | None = None
    for pins in _attempts(ask, file):
        try:
            tool = locker.relock(shop, file.path, pins)
        except DjupError as error:
            failure = failure or error
            shop.write(file.path, text)
        else:
            return Relocked(path=file.path, text=shop.text(file.path), tool=tool)
    return Relocked(path=file.path, reason=failure.problem if failure else "")


def _attempts(ask: Relock, file: ManifestFile) -> Iterator[dict[str, str]]:
    """What is asked of a lock: every package where the hop has it, else Django alone, else what the locker chooses."""
    locked = {one.name: str(one.pinned) for one in file.requirements if one.pinned}
    moved = {name: version for name, version in ask.pins.items() if name in locked and locked[name] != version}
    yield moved
    if len(moved) > 1 and "django" in moved:
        yield {"django": moved["django"]}
    if moved:
        yield {}


__all__ = ["LOCKERS", "LockFailedError", "Locker", "Relock", "Relocked", "Workshop", "relock"]
