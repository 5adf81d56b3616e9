"""The lowest version of a package known to work with a Django release, and packages another one replaced."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources

import msgspec
from packaging.utils import canonicalize_name
from packaging.version import Version

from djup.errors import DjupError
from djup.model import Record, Release, parse_release


class Package(Record, forbid_unknown_fields=False):
    """What is known of a package.

    ``floors`` maps a Django release to the lowest version that supports it; a release between two takes the lower.
    """

    name: str
    source: str
    floors: Mapping[str, str] = {}
    replaced_by: str = ""
    note: str = ""


@functools.cache
def known_packages() -> Mapping[str, Package]:
    """Every package of data/packages, by normalised name; raises DjupError naming the file that does not fit."""
    found: dict[str, Package] = {}
    for file in (resources.files("djup") / "data" / "packages").iterdir():
        if not file.name.endswith(".toml"):
            continue
        try:
            package = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Package)
        except (msgspec.ValidationError, tomllib.TOMLDecodeError) as error:
            raise DjupError(f"does not fit: {error}.", path=file.name) from error
        found[canonicalize_name(package.name)] = package
    return found


def floor_of(name: str, release: Release) -> str | None:
    """The lowest version of a package known to support a Django release, or None where nothing is known."""
    package = known_packages().get(name)
    if package is None:
        return None
    fitting = {parse_release(key): version for key, version in package.floors.items() if parse_release(key) <= release}
    return fitting[max(fitting)] if fitting else None


def is_below_floor(name: str, version: str, release: Release) -> bool:
    """Whether a version is older than the first known to support a Django release."""
    floor = floor_of(name, release)
    return floor is not None and Version(version) < Version(floor)
