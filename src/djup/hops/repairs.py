"""The repairs of a hop on record."""

from __future__ import annotations

import msgspec

from djup.hops.work import Work
from djup.model import Hop, Record

MAX_REPAIRS = 16
"""Attempts at one hop; what these do not mend is for a person."""


class Repair(Record):
    """What is tried next: a package to raise above the version it has (or to ``add``), and why.

    ``vain`` tells that no set holds together with it: it is on record so that it is not tried again.
    """

    package: str
    why: str
    version: str = ""
    add: bool = False
    vain: bool = False


def repairs_of(work: Work, hop: Hop) -> tuple[Repair, ...]:
    """The repairs tried in a hop so far, oldest first."""
    return work.ledger.kept(hop.number, "repairs", tuple[Repair, ...]) or ()


def give_up(work: Work, hop: Hop, repairs: tuple[Repair, ...]) -> None:
    """Put on record that repairs tried last were in vain."""
    kept = repairs_of(work, hop)
    vain = tuple(msgspec.structs.replace(one, vain=True) if one in repairs else one for one in kept)
    work.ledger.keep(hop.number, "repairs", vain)
