"""Which release of a product a version belongs to."""

from __future__ import annotations

import re

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from djup.lifecycle.models import Product, ProductRelease

NUMBERS = re.compile(r"^(?:\d+:)?v?(?P<numbers>\d+(?:\.\d+)*)")
"""The numbers a version begins with, behind the epoch that some distributions put before it."""


def numbers_of(version: str) -> tuple[int, ...]:
    """The numbers of a version: ``"1:15.4-2+deb12"`` gives ``(15, 4)``; none where it begins otherwise."""
    match = NUMBERS.match(version.strip())
    return tuple(map(int, match["numbers"].split("."))) if match else ()


def release_for(product: Product, version: str) -> ProductRelease | None:
    """The release whose name is the longest beginning of a version: 2028 for 2028 and 2028.1, 4.1 but not 4.10."""
    found = numbers_of(version)
    best: tuple[int, ProductRelease] | None = None
    for release in product.releases:
        name = numbers_of(release.release_cycle)
        if name and found[: len(name)] == name and (best is None or len(name) > best[0]):
            best = (len(name), release)
    return best[1] if best else product.find(version)


def is_older(version: str, other: str) -> bool:
    """Whether a version comes before another, by their numbers; missing numbers count as zero."""
    one, two = numbers_of(version), numbers_of(other)
    length = max(len(one), len(two))
    return one + (0,) * (length - len(one)) < two + (0,) * (length - len(two))


def is_behind(version: str, latest: str) -> bool:
    """Whether a version is older than another for certain: ``"3.12"`` may well be the 3.12.4 that is the newest."""
    told, newest = numbers_of(version), numbers_of(latest)
    return is_older(version, latest) and newest[: len(told)] != told


def admitted(release: ProductRelease, specifier: str) -> bool:
    """Whether a range admits the first or the newest version of a release; an unreadable range forbids nothing."""
    try:
        allowed = SpecifierSet(specifier)
    except InvalidSpecifier:
        return True
    versions = [text for text in (release.latest, release.release_cycle) if text and numbers_of(text)]
    return any(allowed.contains(".".join(map(str, numbers_of(text))), prereleases=True) for text in versions)


def cycle_name(product: Product, version: str) -> str:
    """The name a new release gets that a version begins: one number from 2000 on, else as many as its neighbours."""
    numbers = numbers_of(version)
    calendar = 2000
    if numbers and numbers[0] >= calendar:
        return str(numbers[0])
    depths = [
        len(found) for one in product.releases if (found := numbers_of(one.release_cycle)) and found[0] < calendar
    ]
    return ".".join(map(str, numbers[: depths[0] if depths else 2]))
