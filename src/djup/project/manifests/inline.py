"""Requirements that stand as strings inside a file of another syntax: reading one, and editing its version part."""

from __future__ import annotations

import re

from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as Parsed
from packaging.utils import canonicalize_name

from djup.model import Place, Requirement

HEAD = re.compile(r"\s*(?P<name>[A-Za-z0-9][\w.-]*)\s*(?P<extras>\[[^\]]*\])?\s*\(?\s*(?P<specifier>[^;#@()]*)")


def inline_requirement(value: str, place: Place, group: str) -> Requirement | None:
    """Return the requirement a string declares, or None if it is none."""
    try:
        parsed = Parsed(value)
    except InvalidRequirement:
        return None
    head = HEAD.match(value)
    return Requirement(
        name=canonicalize_name(parsed.name),
        specifier=head.group("specifier").strip() if head and not parsed.url else "",
        place=place,
        line_text=value,
        extras=tuple(sorted(parsed.extras)),
        marker=str(parsed.marker or ""),
        url=parsed.url or "",
        group=group,
    )


def place_at(text: str, offset: int, path: object) -> Place:
    """The place of an offset of a text."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(path=path, line=text.count("\n", 0, offset) + 1, column=offset - line_start + 1)  # type: ignore[arg-type]


def offset_of(text: str, place: Place) -> int:
    """The offset of a place in a text."""
    start = 0
    for _ in range(place.line - 1):
        start = text.index("\n", start) + 1
    return start + place.column - 1


def set_specifier(text: str, requirement: Requirement, specifier: str) -> str:
    """Return the text with the version part of one requirement replaced; everything else stays."""
    offset, head = _located(text, requirement)
    old = head.group("specifier")
    if old.strip():
        start = offset + head.start("specifier")
        return text[:start] + specifier + text[start + len(old.rstrip()) :]
    at = offset + head.end("extras" if head.group("extras") else "name")
    return text[:at] + specifier + text[at:]


def rename(text: str, requirement: Requirement, name: str) -> str:
    """Return the text with the name of one requirement replaced."""
    offset, head = _located(text, requirement)
    return text[: offset + head.start("name")] + name + text[offset + head.end("name") :]


def _located(text: str, requirement: Requirement) -> tuple[int, re.Match[str]]:
    """The offset of a requirement in the text it was read from, and its parts."""
    offset = offset_of(text, requirement.place)
    head = HEAD.match(requirement.line_text)
    if head is None or not text.startswith(requirement.line_text, offset):
        raise ValueError(f"{requirement.place} no longer holds {requirement.line_text!r}")
    return offset, head
