"""The repairs of a hop on record."""

from __future__ import annotations

from djup.hops.work import Work
from djup.model import Hop, Record

MAX_REPAIRS = 16
"""Attempts at one hop; what these do not mend is for a person."""


class Repair(Record):
    """What is tried next: a package to raise above the version it has (or to ``add``), and why."""

    package: str
    why: str
    version: str = ""
    add: bool = False


def repairs_of(work: Work, hop: Hop) -> tuple[Repair, ...]:
    """The repairs tried in a hop so far, oldest first."""
    return work.ledger.kept(hop.number, "repairs", tuple[Repair, ...]) or ()
