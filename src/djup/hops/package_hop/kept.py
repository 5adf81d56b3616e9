"""The packages of a group that stay below the newest version, and why. Pure."""

from __future__ import annotations

from packaging.specifiers import SpecifierSet

from djup.model import PackageKept
from djup.packages.declared import needed_requirements
from djup.packages.raising import Footing, Group


def packages_kept(around: Footing, group: Group, failed: str, taken: Group | None = None) -> tuple[PackageKept, ...]:
    """The packages of a group that are not at the newest, with what the newest ``failed`` by.

    ``taken`` is what was raised of the group instead, at nearer versions.
    """
    if group.rest:
        return (PackageKept(name=group.title, version="", newest="", why=failed),)
    stay = {name: pin for name, pin in group.moves.items() if taken is None or taken.moves.get(name) != pin}
    return tuple(
        PackageKept(name=name, version=around.before[name], newest=pin, why=failed + _advice(around, name, pin))
        for name, pin in sorted(stay.items())
        if around.before[name] != pin
    )


def _advice(around: Footing, name: str, version: str) -> str:
    """What a person should know of a package that nothing in the project keeps from the version that fails."""
    locked = any(pin.name == name for file in around.project.locked for pin in file.requirements)
    declared = [asked for asked in needed_requirements(around.project) if asked.name == name]
    if locked or not declared or not all(SpecifierSet(asked.specifier).contains(version) for asked in declared):
        return ""
    return f" Nothing in {declared[0].place.path} keeps a new install from {version}: cap it there."
