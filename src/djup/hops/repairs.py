"""The repairs of a hop on record."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from djup.hops.work import Work
from djup.model import Hop, Record

MAX_REPAIRS = 16
"""Attempts at one hop; what these do not mend is for a person."""


class Repair(Record):
    """What is tried next: a package to raise above the version it has (or to ``add``, or to ``hold``), and why.

    With ``change`` it is no package but an app, which needs the migration that this change of Django documents.
    ``hold`` puts a package that this hop moved back to the version it had. ``vain`` tells that no set holds together
    with it: it is on record so that it is not tried again.
    """

    package: str
    why: str
    version: str = ""
    add: bool = False
    hold: bool = False
    change: str = ""
    vain: bool = False


def repairs_of(work: Work, hop: Hop) -> tuple[Repair, ...]:
    """The repairs tried in a hop so far, oldest first."""
    return work.ledger.kept(hop.number, "repairs", tuple[Repair, ...]) or ()


def held(work: Work, hop: Hop, before: Mapping[str, str]) -> dict[str, str]:
    """The packages to keep at a version: by a repair of this hop, or of an earlier one where they still have it."""
    found: dict[str, str] = {}
    for number in range(1, hop.number + 1):
        for one in work.ledger.kept(number, "repairs", tuple[Repair, ...]) or ():
            if one.hold and not one.vain and before.get(one.package) == one.version:
                found[one.package] = one.version
    return found


def give_up(work: Work, hop: Hop, repairs: tuple[Repair, ...]) -> None:
    """Put on record that repairs tried last were in vain."""
    kept = repairs_of(work, hop)
    vain = tuple(msgspec.structs.replace(one, vain=True) if one in repairs else one for one in kept)
    work.ledger.keep(hop.number, "repairs", vain)
