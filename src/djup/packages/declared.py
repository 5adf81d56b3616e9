"""Which of a project's declared requirements its tests need, as lines for the resolver."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from djup.model import ManifestFile, Place, Project, Requirement

TESTING = re.compile(r"^(test|tests|testing|dev|develop|development|server|all)$", re.IGNORECASE)
"""Extras and groups that a test run needs; documentation and lint tools are left out."""

RUNNERS = ("tox", "nox")
"""Formats of tools that run tests: what they install is needed where no manifest says otherwise."""

RESOLVER_OPTIONS = ("--pre", "--trusted-host")
"""Options of requirements files that are for the resolver; where packages come from is told by their sources."""


def needed_requirements(project: Project) -> tuple[Requirement, ...]:
    """Return what the tests need, once per name and marker, the main manifests first.

    Files of constraints are apart.
    """
    found: dict[tuple[str, str, str], Requirement] = {}
    for file in sorted(project.manifests, key=lambda file: file.format in RUNNERS):
        if file.role in ("constraints", "docs"):
            continue
        declared = {requirement.name for requirement in found.values()} if file.format in RUNNERS else set()
        for requirement in file.requirements:
            if requirement.name in declared:
                continue
            if _is_needed(requirement, file) and requirement.name != project_name(project):
                found.setdefault(
                    (requirement.name or requirement.url, requirement.marker, requirement.url), requirement
                )
    return (*found.values(), *_runner(project, {requirement.name for requirement in found.values()}))


def _runner(project: Project, declared: set[str]) -> tuple[Requirement, ...]:
    """What the test command needs and no manifest says: people have it on their machines, or in a CI file."""
    if project.tests is None:
        return ()
    place = project.tests.place or Place(path=PurePosixPath())
    missing = [name for name in project.tests.value.needs if name not in declared]
    return tuple(Requirement(name=name, specifier="", place=place, line_text=name) for name in missing)


def locked_versions(project: Project) -> dict[str, str]:
    """The version of each package in the project's locks; one that has several for different cases has none here."""
    found: dict[str, set[str]] = {}
    for file in project.locked:
        for requirement in file.requirements:
            if requirement.pinned is not None:
                found.setdefault(requirement.name, set()).add(str(requirement.pinned))
    return {name: versions.pop() for name, versions in found.items() if len(versions) == 1}


def constraint_requirements(project: Project) -> tuple[Requirement, ...]:
    """What files of constraints say."""
    files = [file for file in project.manifests if file.role == "constraints"]
    return tuple(requirement for file in files for requirement in file.requirements)


def resolver_options(manifests: Iterable[ManifestFile]) -> tuple[str, ...]:
    """The options of requirements files that say how to resolve."""
    options = [option for file in manifests for option in file.options]
    return tuple(dict.fromkeys(option for option in options if option.split("=")[0].split()[0] in RESOLVER_OPTIONS))


def project_name(project: Project) -> str:
    """The project's own distribution, normalised; it may name itself in an extra."""
    return re.sub(r"[-_.]+", "-", project.distribution or "").lower()


def _is_needed(requirement: Requirement, file: ManifestFile) -> bool:
    if requirement.editable and requirement.url.split("[")[0] in (".", "./"):
        return False
    if file.format == "requirements":
        return True
    return not requirement.group or bool(TESTING.match(requirement.group)) or requirement.name == "django"


def as_line(requirement: Requirement, specifier: str | None = None) -> str:
    """A requirement as a line for the resolver, with its own or another version part."""
    if requirement.editable:
        return f"-e {requirement.url}"
    if requirement.url:
        return f"{requirement.name} @ {requirement.url}" if _is_plain_url(requirement) else requirement.url
    extras = f"[{','.join(requirement.extras)}]" if requirement.extras else ""
    marker = f" ; {requirement.marker}" if requirement.marker else ""
    return f"{requirement.name}{extras}{requirement.specifier if specifier is None else specifier}{marker}"


def _is_plain_url(requirement: Requirement) -> bool:
    return bool(requirement.name) and "egg=" not in requirement.url and "://" in requirement.url
