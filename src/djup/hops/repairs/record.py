"""The repairs of a hop on record: those tried, those in vain, and the versions that some hold."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from djup.hops.context import RunContext
from djup.hops.evidence import REPAIRS, RESOLUTION
from djup.hops.repairs.repair import Repair
from djup.model import Hop

MAX_REPAIRS = 16
"""Attempts at one hop; what these do not mend is for a person."""


def repairs_of(context: RunContext, hop: Hop) -> tuple[Repair, ...]:
    """The repairs tried in a hop so far, oldest first."""
    return context.ledger.kept(hop.number, REPAIRS) or ()


def held(context: RunContext, hop: Hop, before: Mapping[str, str]) -> dict[str, str]:
    """The packages to keep at a version: by a repair of this hop, or of an earlier one where they still have it."""
    found: dict[str, str] = {}
    for number in range(1, hop.number + 1):
        for repair in context.ledger.kept(number, REPAIRS) or ():
            if repair.hold and not repair.vain and before.get(repair.package) == repair.version:
                found[repair.package] = repair.version
    return found


def give_up(context: RunContext, hop: Hop, repairs: tuple[Repair, ...]) -> None:
    """Put on record that repairs tried last were in vain."""
    kept = repairs_of(context, hop)
    vain = tuple(msgspec.structs.replace(repair, vain=True) if repair in repairs else repair for repair in kept)
    context.ledger.keep(hop.number, REPAIRS, vain)


def take_back(context: RunContext, hop: Hop, repairs: tuple[Repair, ...]) -> None:
    """Take back repairs that changed nothing: the next attempt does without them, and at the versions they had."""
    undone = tuple(repair for repair in repairs if repair.may_be_taken_back)
    give_up(context, hop, undone)
    resolution = context.ledger.kept(hop.number, RESOLUTION)
    versions = {repair.package: repair.version for repair in undone if repair.version}
    if resolution is not None and versions:
        # The next bump raises from the versions on record, so those of the repair must not stay there.
        pins = {name: versions.get(name, version) for name, version in resolution.pins.items()}
        context.ledger.keep(hop.number, RESOLUTION, msgspec.structs.replace(resolution, pins=pins))
