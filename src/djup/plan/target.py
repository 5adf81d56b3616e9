"""Where a run leads: what ``--to`` means for this project, this day and this machine."""

from __future__ import annotations

import datetime as dt
import difflib

from packaging.version import InvalidVersion, Version

from djup.errors import UsageError
from djup.knowledge.support import SupportTable
from djup.model import Record, Release, parse_release, release_of, release_text

NAMED = ("latest", "lts", "supported", "patch")

SKIPPED = {(7, 0), (7, 1), (7, 2)}
"""Numbers that were announced once and never come: Django 2028 follows 6.2 (DEP 20)."""


class Target(Record):
    """An exact version to reach; ``notes`` say what a person should know about the choice."""

    version: str
    notes: tuple[str, ...] = ()

    @property
    def release(self) -> Release:
        """The feature release of the target."""
        return release_of(Version(self.version))


def choose_target(wanted: str, start: str, table: SupportTable, pythons: tuple[Release, ...], today: dt.date) -> Target:
    """Return what ``wanted`` stands for; ``pythons`` are the Python releases that can be had here.

    Raises UsageError for what is no release, is not out, or lies behind the start.
    """
    if wanted == "patch":
        return Target(version=table.latest(release_of(Version(start))))
    if wanted in NAMED:
        return _named(wanted, start, table, pythons, today)
    return _exact(wanted, start, table)


def _named(wanted: str, start: str, table: SupportTable, pythons: tuple[Release, ...], today: dt.date) -> Target:
    here = release_of(Version(start))
    ahead = [release for release in table.releases if release >= here]
    if wanted == "lts":
        ahead = [release for release in ahead if table.is_lts(release)] or [here]
    if wanted == "supported":
        supported = [release for release in ahead if table.is_supported(release, today)]
        return Target(version=table.latest(supported[0] if supported else ahead[-1]))
    runnable = [release for release in ahead if set(table.supported_pythons(table.latest(release))) & set(pythons)]
    chosen = runnable[-1] if runnable else here
    notes: tuple[str, ...] = ()
    if chosen != ahead[-1]:
        needed = ", ".join(map(release_text, table.supported_pythons(table.latest(ahead[-1]))))
        newest = release_text(ahead[-1])
        notes = (f"Django {newest} is out, but needs one of Python {needed}, and none of them is on this machine.",)
    return Target(version=table.latest(chosen), notes=notes)


def _exact(wanted: str, start: str, table: SupportTable) -> Target:
    try:
        version = Version(wanted)
    except InvalidVersion as error:
        near = difflib.get_close_matches(wanted, NAMED, n=1)
        hint = (
            f"Did you mean '{near[0]}'?"
            if near
            else "Write a release (5.2), a version (5.2.8), or one of " + (", ".join(NAMED) + ".")
        )
        raise UsageError(f"'{wanted}' is not a release of Django.", hint=hint) from error
    release = parse_release(wanted)
    if release in SKIPPED:
        raise UsageError(
            f"there is no Django {release_text(release)}: after 6.2 LTS comes 2028.",
            hint="Choose a release that is out.",
        )
    if release not in table.rows:
        raise UsageError(
            f"Django {release_text(release)} is not out, or djup does not know it yet.",
            hint=f"The newest release djup knows is {release_text(table.releases[-1])}.",
        )
    is_series = len(version.release) <= len(release)
    exact = table.latest(release) if is_series else wanted
    if not is_series and wanted not in table.rows[release].versions:
        raise UsageError(
            f"there is no Django {wanted} on the package index.",
            hint=f"The newest of that release is {table.latest(release)}.",
        )
    if Version(exact) < Version(start):
        raise UsageError(f"the project is on Django {start}, and djup does not go back to {exact}.")
    return Target(version=exact)
