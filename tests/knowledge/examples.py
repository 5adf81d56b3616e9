"""The examples of a change: the one its page shows, in the data, and those of ``tests/changes/<release>/<name>.toml``."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path

import msgspec

from djup.knowledge.changes import Change, Example

FOLDER = Path(__file__).parent.parent / "changes"


@functools.cache
def kept_examples() -> dict[str, tuple[Example, ...]]:
    """The examples in files, by the id of their change; raises msgspec.ValidationError for a key that is none."""
    return {
        str(file.relative_to(FOLDER).with_suffix("")): msgspec.convert(
            tomllib.loads(file.read_text(encoding="utf-8"))["example"], tuple[Example, ...]
        )
        for file in FOLDER.glob("*/*.toml")
    }


def examples_of(change: Change) -> tuple[Example, ...]:
    """All examples of a change, that of its page first."""
    return (*change.examples, *kept_examples().get(change.id, ()))
