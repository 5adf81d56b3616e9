"""The path from where a project stands to its target: pure functions over the support table."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from packaging.version import Version

from djup.errors import EnvironmentFailedError
from djup.knowledge.support import SupportTable
from djup.model import Hop, Release, Stop, UpgradePath, release_text
from djup.plan.target import Target

Kind = Literal["patch", "python", "feature"]

PACKAGES = "every package to the newest version that is green, one group at a time"


class Builder:
    """The hops so far, and where they have led to."""

    def __init__(self, start: Stop, table: SupportTable, pythons: tuple[Release, ...]) -> None:
        self.here = start
        self.table = table
        self.pythons = tuple(sorted(pythons))
        self.hops: list[Hop] = []
        self.notes: list[str] = []

    def go(self, kind: Kind, end: Stop, why: str) -> None:
        """Add a hop, unless it would lead nowhere."""
        if end == self.here:
            return
        crossed = self.table.between(self.here.release, end.release)
        self.hops.append(
            Hop(
                number=len(self.hops) + 1,
                kind=kind,
                start=self.here,
                end=end,
                why=why,
                crossed=crossed,
                supported_until=self.table.end_of_life(end.release),
            )
        )
        self.here = end

    def stay(self, why: str) -> None:
        """Add the hop that moves packages alone."""
        until = self.table.end_of_life(self.here.release)
        hop = Hop(
            number=len(self.hops) + 1,
            kind="packages",
            start=self.here,
            end=self.here,
            why=why,
            supported_until=until,
        )
        self.hops.append(hop)

    def runs(self, django: str) -> tuple[Release, ...]:
        """The Pythons at hand that a Django version supports and that are not older than the one in use."""
        supported = set(self.table.supported_pythons(django))
        return tuple(python for python in self.pythons if python in supported and python >= self.here.python)


def plan_path(
    start: Stop,
    target: Target,
    table: SupportTable,
    pythons: tuple[Release, ...],
    *,
    via: Literal["each", "lts"] = "each",
    one_hop: bool = False,
    packages: bool = False,
    today: dt.date,
) -> UpgradePath:
    """Return the hops from the start to the target.

    First the newest patch of the release the project is on, then each release in turn (or, via LTS, only those with
    long-term support and the target); a newer Python where a hop needs it, in a hop of its own when both neighbours
    support it; at the end the newest Python the target supports, and with ``packages`` a hop for those. ``pythons``
    are the releases that can be had here. Raises EnvironmentFailedError when none of them fits a release on the way.
    """
    builder = Builder(start, table, pythons)
    _to_latest_patch(builder, target)
    for release in _stations(table, start.release, target.release, via):
        _to_release(builder, release, target)
    _to_newest_python(builder)
    if packages:
        builder.stay(PACKAGES)
    hops = tuple(builder.hops[:1] if one_hop else builder.hops)
    end = hops[-1].end if hops else start
    notes = (*target.notes, *builder.notes, *_support_notes(table, end, today))
    return UpgradePath(start=start, target=end, hops=hops, notes=notes)


def _stations(table: SupportTable, start: Release, end: Release, via: str) -> tuple[Release, ...]:
    between = table.between(start, end)
    return tuple(release for release in between if via == "each" or table.is_lts(release) or release == end)


def _to_latest_patch(builder: Builder, target: Target) -> None:
    """Known defects of old patches (SQLite >= 3.26 before 2.1.5, newer Pythons) go before anything else is changed."""
    here = builder.here
    final = target.version if target.release == here.release else builder.table.latest(here.release)
    if Version(final) <= Version(here.django):
        return
    until = builder.table.end_of_life(here.release)
    support = f"; support of {release_text(here.release)} ends {until}" if until else ""
    builder.go("patch", Stop(django=final, python=here.python), f"all fixes of {release_text(here.release)}{support}")


def _to_release(builder: Builder, release: Release, target: Target) -> None:
    version = target.version if release == target.release else builder.table.latest(release)
    named = release_text(release)
    common = tuple(python for python in builder.runs(builder.here.django) if python in builder.runs(version))
    here = builder.here
    if here.python in builder.table.supported_pythons(version) and here.python in builder.pythons:
        python = here.python
    elif common:
        python = common[-1]
        why = f"Django {named} needs Python {_span(builder.table, version)}"
        builder.go("python", Stop(django=here.django, python=python), why)
    else:
        python = _only_with_both(builder, version)
    lts = " LTS" if builder.table.is_lts(release) else ""
    until = builder.table.end_of_life(release)
    skipped = len(builder.table.between(builder.here.release, release)) - 1
    over = f", over {skipped} release{'s' if skipped > 1 else ''}" if skipped else ""
    why = f"the next stop, {named}{lts}{over}" + (f", supported until {until}" if until else "")
    builder.go("feature", Stop(django=version, python=python), why)


def _only_with_both(builder: Builder, version: str) -> Release:
    """A Python for a hop that must move Django and Python at once."""
    choices = builder.runs(version)
    if not choices:
        needed = ", ".join(map(release_text, builder.table.supported_pythons(version)))
        raise EnvironmentFailedError(
            f"Django {version} needs one of Python {needed}, and none of them is on this machine.",
            hint="Install one (`uv python install 3.12`, `pyenv install 3.12`), or name a nearer release with --to.",
        )
    builder.notes.append(
        f"No Python here runs both Django {builder.here.django} and {version}, so that hop moves Python as well."
    )
    return choices[-1]


def _to_newest_python(builder: Builder) -> None:
    choices = builder.runs(builder.here.django)
    if choices and choices[-1] > builder.here.python:
        why = f"the newest Python here that Django {release_text(builder.here.release)} supports"
        builder.go("python", Stop(django=builder.here.django, python=choices[-1]), why)


def _span(table: SupportTable, version: str) -> str:
    pythons = table.supported_pythons(version)
    return f"{release_text(pythons[0])} to {release_text(pythons[-1])}"


def _support_notes(table: SupportTable, end: Stop, today: dt.date) -> tuple[str, ...]:
    until = table.end_of_life(end.release)
    if until and not table.is_supported(end.release, today):
        return (f"Django {release_text(end.release)} itself is out of support since {until}.",)
    return ()
