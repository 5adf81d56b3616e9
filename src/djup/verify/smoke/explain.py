"""The differences that release notes of Django explain, as data: what changes in a page, a header or a status."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence
from importlib import resources

import msgspec

from djup.model import Record, Release, Severity, parse_release


class Rule(Record):
    """One documented change of what a site shows.

    ``aspect`` is a fact of an observation (``page``, ``headers``, ``status`` …); ``what`` the kinds of change on a page
    (``text``, ``tag``, ``attribute``); ``where``, ``before`` and ``after`` are regular expressions that the whole of
    "tag attribute" (or a header, or a path in JSON) and of the texts must match. ``told`` rules of severity may are
    shown; others only make a difference vanish.
    """

    name: str
    release: str
    aspect: str
    summary: str
    notes: str
    what: tuple[str, ...] = ()
    where: str = ".*"
    before: str = ".*"
    after: str = ".*"
    severity: Severity = "may"
    told: bool = False

    @property
    def since(self) -> Release:
        """The release that brought the change."""
        return parse_release(self.release)


@functools.cache
def rules() -> tuple[Rule, ...]:
    """The rules of data/smoke.toml."""
    text = (resources.files("djup") / "data" / "smoke.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)["rule"], tuple[Rule, ...])


class Shown(Record):
    """What a rule is held against: an aspect, and on a page the kind of change and the place of it."""

    aspect: str
    what: str = ""
    where: str = ""
    before: str = ""
    after: str = ""


def explanation_of(crossed: Sequence[Release], shown: Shown) -> Rule | None:
    """The first rule of a release that was crossed which says this, else None."""
    for rule in rules():
        if rule.aspect == shown.aspect and rule.since in crossed and (not rule.what or shown.what in rule.what):
            pairs = ((rule.where, shown.where), (rule.before, shown.before), (rule.after, shown.after))
            if all(re.fullmatch(pattern, text, re.DOTALL) for pattern, text in pairs):
                return rule
    return None
