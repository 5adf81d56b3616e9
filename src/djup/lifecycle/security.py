"""The security issues a product has disclosed, and those that a version still has: data/security/*.toml."""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from collections.abc import Iterable, Mapping
from importlib import resources

import msgspec

from djup.errors import DjupError
from djup.lifecycle.matching import is_older
from djup.model import Record


class Issue(Record):
    """A disclosed issue. ``fixed`` maps each release that got a fix to the version that has it.

    ``affected`` lists only releases that were supported on the day of disclosure: of others nobody said anything.
    """

    day: dt.date
    summary: str
    cve: str = ""
    link: str = ""
    affected: tuple[str, ...] = ()
    fixed: Mapping[str, str] = {}

    @property
    def name(self) -> str:
        """Its CVE id, else the day it was disclosed."""
        return self.cve or f"issue of {self.day.isoformat()}"


class SecurityFile(Record):
    """A file of data/security; ``source`` is where the list is from."""

    product: str
    source: str
    issue: tuple[Issue, ...]


Issues = Mapping[str, tuple[Issue, ...]]


@functools.cache
def load_issues() -> Issues:
    """The bundled issues by product; raises DjupError naming the file that does not fit."""
    found: dict[str, tuple[Issue, ...]] = {}
    for file in sorted((resources.files("djup") / "data" / "security").iterdir(), key=lambda one: one.name):
        try:
            read = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), SecurityFile, strict=False)
        except msgspec.ValidationError as error:
            raise DjupError(f"the issues do not fit: {error}.", path=file.name) from error
        found[read.product] = read.issue
    return found


def missed(issues: Iterable[Issue], release: str, version: str, day: dt.date) -> tuple[Issue, ...]:
    """The issues disclosed up to a day that a later version of the same release fixed."""
    return tuple(
        issue
        for issue in issues
        if issue.day <= day and release in issue.fixed and is_older(version, issue.fixed[release])
    )


def unassessed(issues: Iterable[Issue], release: str, end: dt.date | None, day: dt.date) -> int:
    """How many issues were disclosed after a release's support had ended: nobody said whether they affect it."""
    if end is None:
        return 0
    return sum(1 for issue in issues if end < issue.day <= day and release not in issue.affected)
