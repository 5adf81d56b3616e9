"""What the log of a failed build means: constraints on build tools that mend it, or what a person should install."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib import resources

import msgspec

from djup.model import Record

PKG_RESOURCES = "setuptools<81"
"""The setuptools that still carries pkg_resources, which old code imports; 82 dropped it."""


class Known(Record):
    """A known failure: the text that shows it, and what mends it."""

    failure: str
    constraints: tuple[str, ...] = ()
    advice: str = ""


@functools.cache
def known_failures() -> tuple[Known, ...]:
    """The failures of data/builds.toml."""
    text = (resources.files("djup") / "data" / "builds.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)["build"], tuple[Known, ...])


def mending_constraints(log: str) -> tuple[str, ...]:
    """The constraints on setuptools, wheel or Cython that mend what a log shows; empty when none is known."""
    return next((known.constraints for known in known_failures() if known.constraints and _shows(known, log)), ())


def advice_for(log: str) -> str:
    """What a person should do about a failed build, ``""`` when nothing is known."""
    return next((known.advice for known in known_failures() if known.advice and _shows(known, log)), "")


def _shows(known: Known, log: str) -> bool:
    """Whether a log holds the text of a failure, maybe broken into lines, as uv fits what it says into the terminal."""
    return re.search(known.failure.replace(" ", r"\s+"), log) is not None
