"""The ways out of a conflict that packages themselves cause, ranked: what changes least and lasts longest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from djup.model import Record, Requirement
from djup.packages.floors import Package, known_packages
from djup.packages.pages import IndexPage

SILENT = dt.timedelta(days=3 * 365)
"""A package without a release for so long is taken as abandoned."""


class Way(Record):
    """A way out: what to do, and what that would change."""

    what: str
    changes: str


def unknown_ways(requirement: Requirement) -> tuple[Way, ...]:
    """The ways out for a package no index has."""
    known = known_packages().get(requirement.name)
    name = requirement.name
    return (
        *_instead(name, known),
        Way(what=f"name the index that has {name}: --extra-index-url in {requirement.place.path}", changes=""),
        Way(what=f"drop {name}", changes=str(requirement.place)),
    )


def blocked_ways(
    core: tuple[Requirement, ...], pages: Mapping[str, IndexPage], kept: str, today: dt.date
) -> tuple[Way, ...]:
    """The ways out where packages cannot hold together with a Django; ``kept`` is an earlier one with which they can.

    Without ``pages`` nothing is said of when a package was released last.
    """
    ways: list[Way] = []
    for one in core:
        ways += _instead(one.name, known_packages().get(one.name))
    for one in core:
        last = silent_since(pages.get(one.name), today)
        if last:
            ways.append(
                Way(
                    what=f"fork or vendor {one.name}, which has had no release since {last}",
                    changes=f"{one.place}, and its code becomes yours",
                )
            )
        elif one.name in pages:
            what = f"take a fork of {one.name} without its cap, which the tests may prove needless"
            ways.append(Way(what=what, changes=str(one.place)))
    if kept:
        ways.append(Way(what=f"keep Django at {kept}", changes="the target of the upgrade"))
    ways += [
        Way(what=f"wait: {one.name} had a release on {day}", changes="nothing")
        for one in core
        if one.name in pages and not silent_since(pages[one.name], today) and (day := pages[one.name].last_upload())
    ]
    return tuple(ways)


def silent_since(page: IndexPage | None, today: dt.date) -> dt.date | None:
    """The day of the last file of a package that has had none for long; None for one that is alive, or if unknown."""
    last = page.last_upload() if page else None
    return last if last and today - last > SILENT else None


def _instead(name: str, known: Package | None) -> list[Way]:
    """What took the place of a package: another one, or Django itself."""
    if known is None:
        return []
    ways = []
    if known.replaced_by:
        ways.append(
            Way(what=f"replace {name} by {known.replaced_by}", changes=known.note or "its imports and settings")
        )
    if known.absorbed_in:
        what = f"drop {name}: Django {known.absorbed_in} has {known.absorbed_by}"
        ways.append(Way(what=what, changes=known.note or "its imports and settings"))
    return ways
