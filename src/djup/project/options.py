"""What the user knows better than djup can read."""

from __future__ import annotations

from collections.abc import Mapping

from djup.config import Config
from djup.model import Record, Release, parse_release


class ReadOptions(Record):
    """Given by option or configuration; each beats what is read."""

    settings: str | None = None
    python: Release | None = None
    test_command: str | None = None
    environment: Mapping[str, str] = {}


def told(config: Config) -> ReadOptions:
    """What the configuration says about the project."""
    return ReadOptions(
        settings=config.settings or None,
        python=parse_release(config.python) if config.python else None,
        test_command=config.test_command or None,
        environment=config.env,
    )
