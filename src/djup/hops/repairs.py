"""The repairs of a hop on record."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from djup.hops.work import Work
from djup.model import Hop, Record
from djup.packages.resolve import Resolution

MAX_REPAIRS = 16
"""Attempts at one hop; what these do not mend is for a person."""


class Repair(Record):
    """What is tried next: a package to raise above the version it has (or to ``add``, or to ``hold``), and why.

    With ``change`` it is no package but an app, which needs the migration that this change of Django documents; with
    ``rewrite`` as well, that change is rewritten wherever it can be. ``hold`` puts a package that this hop moved back
    to the version it had. ``vain`` tells that no set holds together with it, or that the same failures were there
    after it: it is taken back, and on record so that it is not tried again.
    """

    package: str
    why: str
    version: str = ""
    add: bool = False
    hold: bool = False
    change: str = ""
    rewrite: bool = False
    vain: bool = False

    @property
    def may_be_taken_back(self) -> bool:
        """Whether it is an attempt whose effect can be told by itself: a rewriting, or a package that was raised."""
        return self.rewrite or not (self.add or self.hold or self.change)

    @property
    def what(self) -> str:
        """What is tried, in words."""
        if self.rewrite:
            return f"rewrite by {self.change}"
        if self.change:
            return f"write a migration of {self.package}"
        return f"add {self.package}" if self.add else f"{'keep' if self.hold else 'raise'} {self.package}"

    def __str__(self) -> str:
        return f"{self.what}: {self.why}"


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


def take_back(work: Work, hop: Hop, repairs: tuple[Repair, ...]) -> None:
    """Take back repairs that changed nothing: the next attempt does without them, and at the versions they had."""
    undone = tuple(one for one in repairs if one.may_be_taken_back)
    give_up(work, hop, undone)
    resolution = work.ledger.kept(hop.number, "resolution", Resolution)
    versions = {one.package: one.version for one in undone if one.version}
    if resolution is not None and versions:
        pins = {name: versions.get(name, version) for name, version in resolution.pins.items()}
        work.ledger.keep(hop.number, "resolution", msgspec.structs.replace(resolution, pins=pins))
