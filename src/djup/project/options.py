"""What the user knows better than djup can read."""

from __future__ import annotations

from collections.abc import Mapping

from djup.model import Record, Release


class ReadOptions(Record):
    """Given by option or configuration; each beats what is read."""

    settings: str | None = None
    python: Release | None = None
    test_command: str | None = None
    environment: Mapping[str, str] = {}
