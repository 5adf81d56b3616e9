"""Where what a project uses stands on a day: pure, from subjects and the catalogue to judgements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from djup.lifecycle.catalogue import Catalogue
from djup.lifecycle.days import last_day
from djup.lifecycle.matching import admitted, is_behind, is_older, release_for
from djup.lifecycle.models import Product, ProductRelease
from djup.lifecycle.security import Issue, Issues, missed, unassessed
from djup.lifecycle.status import Phase, released, status
from djup.model import Place, Record

Kind = Literal["runtime", "package", "database"]


class Subject(Record):
    """Something in use. ``product`` is its name in the catalogue; ``version`` is None where only a range is known."""

    product: str
    title: str
    version: str | None
    kind: Kind = "package"
    allowed: str = ""
    place: Place | None = None
    why: str = ""
    certain: bool = True


class Judged(Record):
    """A subject and its standing. ``until`` is the last day of its phase, ``support_ends`` of security support.

    ``latest`` is the newest version of its release that was out on the day; ``missed`` are the security issues that
    version, or one before it, has fixed and the one in use has not. ``conflicts`` say which combination is not
    supported; ``note`` is what a person should know besides.
    """

    subject: Subject
    release: str | None
    phase: Phase
    until: str = ""
    days_left: int | None = None
    support_ends: str = ""
    latest: str = ""
    behind: bool = False
    missed: tuple[Issue, ...] = ()
    conflicts: tuple[str, ...] = ()
    note: str = ""


class Checkup(Record):
    """What is known of a project, a bill or a stack on a day; ``unlisted`` are packages no page tells of."""

    schema_version: int
    name: str
    day: dt.date
    judged: tuple[Judged, ...]
    unlisted: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def judge(subject: Subject, catalogue: Catalogue, issues: Issues, day: dt.date) -> Judged:
    """Judge one subject; what cannot be told is ``unknown`` with a note, never well."""
    product = catalogue.get(subject.product)
    if product is None:
        return Judged(subject=subject, release=None, phase="unknown", note="djup has no page about it")
    if subject.version is None:
        return _judge_range(subject, product, day)
    release = release_for(product, subject.version)
    if release is None:
        note = f"the page of {product.title} has no release for {subject.version}"
        return Judged(subject=subject, release=None, phase="unknown", note=note)
    judged = _judged(subject, release, day)
    known = issues.get(product.name, ())
    still_open = missed(known, release.release_cycle, subject.version, day)
    end = last_day(release.eol) if isinstance(release.eol, str) else None
    later = unassessed(known, release.release_cycle, end, day)
    note = (
        f"{later} issues were disclosed after its support ended; whether they affect it is not known" if later else ""
    )
    behind = bool(judged.latest) and _is_behind(subject, judged.latest)
    return _with(judged, missed=still_open, behind=behind, note=note)


def judge_all(subjects: Iterable[Subject], catalogue: Catalogue, issues: Issues, day: dt.date) -> tuple[Judged, ...]:
    """Judge subjects in their order."""
    return tuple(judge(subject, catalogue, issues, day) for subject in subjects)


def _judge_range(subject: Subject, product: Product, day: dt.date) -> Judged:
    """A range stands no better than the newest release it admits; where that is supported, nobody knows what runs."""
    fitting = [release for release in released(product, day) if admitted(release, subject.allowed)]
    if not fitting:
        note = (
            f"no release that is out on that day fits {subject.allowed}"
            if subject.allowed
            else "its version is unknown"
        )
        return Judged(subject=subject, release=None, phase="unknown", note=note)
    best = _judged(subject, fitting[0], day)
    if not subject.allowed:
        return Judged(subject=subject, release=None, phase="unknown", note="no file says which version")
    if best.phase == "eol":
        return _with(best, note=f"the newest release that {subject.allowed} admits")
    note = f"{subject.allowed} admits {best.release}, but djup cannot know which version is installed; pin or lock it"
    return Judged(subject=subject, release=None, phase="unknown", note=note)


def _judged(subject: Subject, release: ProductRelease, day: dt.date) -> Judged:
    found = status(release, day)
    out = release.latest_release_date is None or last_day(release.latest_release_date) <= day
    return Judged(
        subject=subject,
        release=release.release_cycle,
        phase=found.phase,
        until=found.until,
        days_left=found.days_left,
        support_ends=release.eol if isinstance(release.eol, str) else "",
        latest=(release.latest or "") if out else "",
    )


def _is_behind(subject: Subject, latest: str) -> bool:
    """A package is pinned to what it says; of a runtime or a server often only the release is told."""
    version = subject.version or ""
    exact = subject.kind == "package" or subject.product == "django"
    return is_older(version, latest) if exact else is_behind(version, latest)


def _with(judged: Judged, **changes: object) -> Judged:
    return Judged(**{**{name: getattr(judged, name) for name in judged.__struct_fields__}, **changes})
