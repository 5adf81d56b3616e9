"""What every reader of facts is: it sees each file once, and tells at the end what all of them say together."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Protocol, TypeVar

from djup.model import Record

Told_co = TypeVar("Told_co", bound=Record, covariant=True)


class Reader(Protocol[Told_co]):
    """Reads one kind of facts. ``result`` is asked for once, after the last file."""

    def read(self, path: PurePosixPath, body: bytes) -> None:
        """Look at a file; the body is empty where a file counts by its place alone (see ``files.counts_by_place``)."""

    def result(self) -> Told_co:
        """What the files say together."""
