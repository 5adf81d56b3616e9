"""What a project's own tests and its smoke tests reach: the records of ``djup tests``."""

from __future__ import annotations

from djup.model import Record
from djup.verify.counts import Tests
from djup.verify.smoke.records import Reached

SCHEMA_VERSION = 1


class AppReach(Record):
    """How many statements of an app its tests, the smoke tests, and both together run."""

    app: str
    statements: int
    tests: int
    smoke: int
    both: int


class Unreached(Record):
    """A part of the site that the project's own tests never reach. ``smoke`` says whether the smoke tests do."""

    what: str
    name: str
    place: str
    smoke: bool


class TestsPage(Record):
    """What ``djup tests`` tells. Percentages are of the project's own statements, None where nothing was measured."""

    __test__ = False

    schema_version: int
    project: str
    django: str
    python: str
    tests: Tests
    tests_percent: float | None
    smoke: Reached | None
    both_percent: float | None
    apps: tuple[AppReach, ...]
    unreached: tuple[Unreached, ...]
    written: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
