"""The lowest version of a package known to work at a stop, and packages another one replaced."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources

import msgspec
from packaging.utils import canonicalize_name
from packaging.version import Version

from djup.errors import DjupError
from djup.model import Record, Release, Stop, parse_release


class Package(Record, forbid_unknown_fields=False):
    """What is known of a package.

    ``floors`` maps a Django release to the lowest version that supports it; a release between two takes the lower;
    ``python`` does the same for releases of Python. ``declared`` maps a Django release to the first version whose
    metadata names it: a hint, as older ones may work too. ``replaced_by`` names what took its place when it died or was
    renamed; ``absorbed_in`` the Django release from which Django does what it did, and ``absorbed_by`` with what.
    ``abandoned`` is the day of its last release where nobody cares for it any more. ``modules`` are the names it is
    imported by where Django once had them: rewritten code needs it.
    """

    name: str
    source: str
    floors: Mapping[str, str] = {}
    python: Mapping[str, str] = {}
    declared: Mapping[str, str] = {}
    replaced_by: str = ""
    absorbed_in: str = ""
    absorbed_by: str = ""
    abandoned: str = ""
    note: str = ""
    modules: tuple[str, ...] = ()


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


def floor_between(name: str, start: Stop, end: Stop) -> str | None:
    """The lowest version of a package known to work at an end.

    Only what differs counts: what ran at the start has proved to work with the rest.
    """
    package = known_packages().get(name)
    if package is None:
        return None
    floors = _fitting(package.floors, end.release) if start.release != end.release else []
    return _highest([*floors, *(_fitting(package.python, end.python) if start.python != end.python else [])])


def declared_for(name: str, release: Release) -> str | None:
    """The first version of a package whose metadata names a Django release, or None where nothing is known."""
    package = known_packages().get(name)
    return _highest(_fitting(package.declared, release)) if package else None


def _highest(versions: list[str]) -> str | None:
    return max(versions, key=Version, default=None)


def _fitting(floors: Mapping[str, str], release: Release) -> list[str]:
    """The floor of the newest release not after the one given."""
    known = {parse_release(key): version for key, version in floors.items() if parse_release(key) <= release}
    return [known[max(known)]] if known else []
