"""Keeping a page current: from versions seen elsewhere to edits of the page, which keep its comments and its order."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from packaging.version import InvalidVersion, Version

from djup.lifecycle.days import is_exact
from djup.lifecycle.front_matter import Item, read_front_matter, split_page
from djup.lifecycle.links import render
from djup.lifecycle.matching import cycle_name, is_older, numbers_of, release_for
from djup.lifecycle.models import Product, ProductRelease
from djup.model import Record

TAG = r"^v?(?P<major>\d+)\.(?P<minor>\d+)(\.(?P<patch>\d+)(\.(?P<tiny>\d+))?)?$"
TEMPLATE = "{{major}}.{{minor}}{% if patch %}.{{patch}}{% if tiny %}.{{tiny}}{% endif %}{% endif %}"
"""What a tag is made of where a page does not say: two to four numbers, with or without a v."""


class Seen(Record):
    """A version somebody published; ``withdrawn`` where it was taken back (yanked) and should not be used."""

    version: str
    day: dt.date | None
    source: str
    withdrawn: bool = False


class Update(Record):
    """A value of a release to change, and why."""

    cycle: str
    key: str
    old: str
    new: str
    why: str


class Proposal(Record):
    """A release the page does not have; it is told and never written, as its ends of support are not known."""

    cycle: str
    version: str
    day: dt.date | None


class Refreshed(Record):
    """What a page needs to be current; ``doubts`` are releases whose newest version is known to no source."""

    updates: tuple[Update, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    doubts: tuple[str, ...] = ()


def versions_of_tags(tags: Iterable[tuple[str, dt.date | None]], method: Mapping[str, object]) -> Iterator[Seen]:
    """The versions that tags name, by the regular expressions and the template of a page's method.

    An expression that cannot be compiled matches nothing.
    """
    wanted = [one for one in map(_compiled, _texts(method.get("regex"), TAG)) if one]
    unwanted = [one for one in map(_compiled, _texts(method.get("regex_exclude"))) if one]
    template = str(method.get("template") or TEMPLATE)
    for tag, day in tags:
        match = next((found for one in wanted if (found := one.match(tag))), None)
        if match is None or any(one.match(tag) for one in unwanted):
            continue
        groups = match.groupdict()
        plain = groups.get("version") or groups.get("v")
        version = plain if plain and "template" not in method else render(template, **groups)
        if numbers_of(version):
            yield Seen(version=version, day=day, source="git")


def plan_refresh(product: Product, seen: Sequence[Seen]) -> Refreshed:
    """Hold the releases of a page against the versions seen; earlier sources go before later ones."""
    by_cycle: dict[str, list[Seen]] = {}
    strangers: dict[str, list[Seen]] = {}
    withdrawn = {one.version for one in seen if one.withdrawn}
    for one in _final(seen):
        if one.version in withdrawn:
            continue
        release = release_for(product, one.version)
        if release is not None:
            by_cycle.setdefault(release.release_cycle, []).append(one)
        else:
            strangers.setdefault(cycle_name(product, one.version), []).append(one)
    updates = [
        update
        for release in product.releases
        if release.release_cycle in by_cycle
        for update in _updates(release, by_cycle[release.release_cycle], withdrawn)
    ]
    return Refreshed(
        updates=tuple(updates),
        proposals=tuple(_proposals(product, strangers)),
        doubts=tuple(_doubts(product, {one.version for one in seen})),
    )


def _doubts(product: Product, known: Iterable[str]) -> Iterator[str]:
    """Sentences on versions that a page calls the newest and no source has; sources may know less, so they stay."""
    numbers = {numbers_of(version) for version in known}
    for release in product.releases:
        if release.latest and numbers and numbers_of(release.latest) not in numbers:
            yield f"{release.release_cycle}: the page says {release.latest}, which no source has"


def apply(text: str, updates: Iterable[Update]) -> str:
    """Return a page with values of its releases changed; nothing else of it moves."""
    for update in updates:
        text = _apply_one(text, update)
    return text


def _final(seen: Iterable[Seen]) -> Iterator[Seen]:
    """Everything but pre-releases and what has no version number."""
    for one in seen:
        try:
            if not Version(one.version).is_prerelease:
                yield one
        except InvalidVersion:
            if numbers_of(one.version):
                yield one


def _updates(release: ProductRelease, seen: list[Seen], withdrawn: set[str]) -> Iterator[Update]:
    newest = seen[0]
    for one in seen[1:]:
        if is_older(newest.version, one.version):
            newest = one
    cycle, current = release.release_cycle, release.latest
    lower = current is not None and is_older(newest.version, current)
    if lower and current not in withdrawn:
        return  # the page knows more than the sources do
    if current is None or lower or is_older(current, newest.version):
        why = f"{current} was withdrawn" if lower else f"{newest.version} is out ({newest.source})"
        yield Update(cycle=cycle, key="latest", old=current or "", new=newest.version, why=why)
        current = newest.version
    day = next((one.day for one in seen if one.version == current and one.day), None)
    if (
        day is not None
        and release.latest_release_date != day.isoformat()
        and (newest.version != release.latest or release.latest_release_date is None)
    ):
        old = release.latest_release_date or ""
        yield Update(cycle=cycle, key="latestReleaseDate", old=old, new=day.isoformat(), why=f"the day of {current}")
    first = min((one.day for one in seen if one.day), default=None)
    if first is not None and release.release_date is not None and not is_exact(release.release_date):
        why = "it was announced and is out"
        yield Update(cycle=cycle, key="releaseDate", old=release.release_date, new=first.isoformat(), why=why)


def _proposals(product: Product, strangers: Mapping[str, list[Seen]]) -> Iterator[Proposal]:
    """Releases newer than every one the page has a version of."""
    known = [release.release_cycle for release in product.releases if release.latest]
    for cycle, seen in sorted(strangers.items(), key=lambda pair: numbers_of(pair[0]), reverse=True):
        if any(is_older(cycle, one) for one in known):
            continue
        newest = max(seen, key=lambda one: numbers_of(one.version))
        yield Proposal(cycle=cycle, version=newest.version, day=min((one.day for one in seen if one.day), default=None))


def _apply_one(text: str, update: Update) -> str:
    front, _, _ = read_front_matter(text, "page")
    offset = split_page(text).offset
    row = _row(front, update.cycle)
    if row is None:
        return text
    new = update.new if update.key != "latest" else f'"{update.new}"'
    if update.key in row:
        item = row[update.key]
        return text[: offset + item.start] + new + text[offset + item.end :]
    after = row.get("latest") or row["releaseCycle"]
    start = text.rfind("\n", 0, offset + after.start) + 1
    end = text.find("\n", offset + after.end)
    indent = re.match(r"[ -]*", text[start:])
    pad = " " * len(indent[0] if indent else "")
    return f"{text[:end]}\n{pad}{update.key}: {new}{text[end:]}"


def _row(front: Mapping[str, Item], cycle: str) -> dict[str, Item] | None:
    releases = front["releases"].value
    for item in releases if isinstance(releases, list) else []:
        if isinstance(item.value, dict) and "releaseCycle" in item.value and item.value["releaseCycle"].value == cycle:
            return item.value
    return None


def _texts(value: object, default: str | None = None) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list | tuple):
        return [one for one in value if isinstance(one, str)]
    return [default] if default else []


def _compiled(text: str) -> re.Pattern[str] | None:
    try:
        return re.compile(text)
    except re.error:
        return None
