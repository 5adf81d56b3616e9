"""What a hop writes into the project's manifests: moved versions with their hashes, what was added, the Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from packaging.requirements import Requirement as Parsed
from packaging.utils import canonicalize_name

from djup.model import ManifestFile, Requirement
from djup.packages.bump import Edit
from djup.project.manifests import FORMATS, requirements

Hashes = Callable[[Mapping[str, str]], Mapping[str, tuple[str, ...]]]


def with_edits(file: ManifestFile, text: str, edits: Iterable[Edit]) -> str:
    """The text of a manifest with the version parts of some requirements written anew.

    The last comes first, so that the places of the others stay where they are.
    """
    form = FORMATS[file.format]
    for edit in sorted(edits, key=lambda edit: _position(edit.requirement), reverse=True):
        text = form.set_specifier(text, edit.requirement, edit.specifier)
    return text


def with_hashes(file: ManifestFile, text: str, new: Mapping[str, str], pins: Mapping[str, str], hashes: Hashes) -> str:
    """The text of a requirements file whose hashes are those of the versions it pins now.

    ``new`` are packages that came in with the hop: pip wants every package of such a file in it, with its hashes.
    """
    before = {one.name: one for one in file.requirements if one.hashes}
    if file.format != requirements.NAME or not before:
        return text
    current = [one for one in requirements.read(text, file.path).requirements if one.hashes]
    moved = [one for one in current if one.specifier != before[one.name].specifier and one.name in pins]
    missing = {name: version for name, version in new.items() if name not in before}
    known = hashes({**{one.name: pins[one.name] for one in moved}, **missing})
    for requirement in sorted(moved, key=_position, reverse=True):
        if known.get(requirement.name):
            text = requirements.replace_hashes(text, requirement, known[requirement.name])
    return _with_new(file, text, {name: missing[name] for name in missing if known.get(name)}, known)


def _with_new(file: ManifestFile, text: str, new: Mapping[str, str], hashes: Mapping[str, tuple[str, ...]]) -> str:
    for name, version in sorted(new.items()):
        beside = next((one for one in requirements.read(text, file.path).requirements if one.name == "django"), None)
        if beside is not None:
            given = " \\\n    ".join(f"--hash={value}" for value in hashes[name])
            text = requirements.add(text, beside, name, f"=={version} \\\n    {given}")
    return text


def home_of(manifests: Iterable[ManifestFile], name: str) -> tuple[ManifestFile, Requirement] | None:
    """The manifest and the declaration of Django beside which a new requirement belongs.

    None where the package is declared already, or Django is declared nowhere that a line can be put beside it.
    """
    files = [file for file in manifests if file.role not in ("lock", "constraints", "docs")]
    if any(one.name == name for file in files for one in file.requirements):
        return None
    places = [(file, one) for file in files for one in file.requirements if one.name == "django" and not one.url]
    return next((place for place in places if not place[1].group), places[0] if places else None)


def with_added(file: ManifestFile, text: str, beside: Requirement, line: str) -> str:
    """The text of a manifest with one more requirement, such as ``setuptools<81``, beside another one."""
    parsed = Parsed(line)
    form = FORMATS[file.format]
    current = next(
        one
        for one in form.read(text, file.path).requirements
        if (one.name, one.group, one.marker) == (beside.name, beside.group, beside.marker)
    )
    return form.add(text, current, canonicalize_name(parsed.name), str(parsed.specifier))


def _position(requirement: Requirement) -> tuple[int, int]:
    return requirement.place.line, requirement.place.column
