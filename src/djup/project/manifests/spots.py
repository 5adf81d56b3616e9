"""A requirement together with the spans it is written at, and the edits that touch nothing else."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import Literal

from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as Parsed
from packaging.utils import canonicalize_name

from djup.model import ManifestFile, Record, Requirement
from djup.project.manifests.inline import HEAD, place_at
from djup.project.manifests.style import restyle

Span = tuple[int, int]


class Spot(Record):
    """A requirement and its spans in the text it was read from.

    ``version`` is empty and stands where a version part would be written for one that has none, and None for one that
    cannot take any. ``whole`` is the declaration: a quoted item of a list, a key with its value, the text of a line, or
    something in a table of its own, whose header has the name.
    """

    requirement: Requirement
    name: Span
    version: Span | None
    whole: Span
    layout: Literal["item", "entry", "line", "table"]


@dataclasses.dataclass(frozen=True)
class Spotted:
    """A format whose whole knowledge is where its requirements stand: the members of a Manifest follow from that.

    ``restyled`` gives the version part that leads to a version, in the syntax of the file; ``declared`` a new
    declaration like another one of the file.
    """

    NAME: str
    is_one: Callable[[PurePosixPath], bool]
    spots: Callable[[str, PurePosixPath], Iterable[Spot]]
    role: str = "main"
    restyled: Callable[[Requirement, str], str] | None = None

    def matches(self, path: PurePosixPath) -> bool:
        """Whether a file is of this format, by its path."""
        return self.is_one(path)

    def read(self, text: str, path: PurePosixPath) -> ManifestFile:
        """Return what the file declares, with places; raises UsageError for a file that cannot be read."""
        # A list that two keywords share is declared once.
        found = {spot.requirement.place: spot.requirement for spot in reversed(tuple(self.spots(text, path)))}
        requirements = tuple(reversed(found.values()))
        return ManifestFile(path=path, format=self.NAME, role=self.role, requirements=requirements)

    def restyle(self, requirement: Requirement, version: str) -> str:
        """Return the version part that leads to a version, written as the old one was."""
        return (self.restyled or restyled)(requirement, version)

    def set_specifier(self, text: str, requirement: Requirement, specifier: str) -> str:
        """Return the text with the version part of one requirement replaced and nothing else."""
        spot = self._spot(text, requirement)
        if spot.version is None:
            raise ValueError(f"{requirement.place}: {requirement.line_text!r} takes no version part")
        return text[: spot.version[0]] + specifier + text[spot.version[1] :]

    def rename(self, text: str, requirement: Requirement, name: str) -> str:
        """Return the text with the name of one requirement replaced and nothing else."""
        spot = self._spot(text, requirement)
        return text[: spot.name[0]] + name + text[spot.name[1] :]

    def add(self, text: str, beside: Requirement, name: str, specifier: str) -> str:
        """Return the text with one more requirement right after another, laid out as that one is."""
        return add_after(text, self._spot(text, beside), name, specifier)

    def _spot(self, text: str, requirement: Requirement) -> Spot:
        for spot in self.spots(text, requirement.place.path):
            if spot.requirement == requirement:
                return spot
        raise ValueError(f"{requirement.place} no longer holds {requirement.line_text!r}")


def restyled(requirement: Requirement, version: str) -> str:
    """The version part for a version where the syntax is that of PEP 440."""
    return restyle(requirement.specifier, version)


def inline_spot(
    text: str, span: Span, value: str, path: PurePosixPath, *, group: str, layout: Literal["item", "line"] = "item"
) -> Spot | None:
    """Return the spot of a requirement written as one string (PEP 508) at a span, or None if it is none.

    ``value`` is what the text of the span stands for: quotes in a marker may be escaped there.
    """
    raw = text[span[0] : span[1]]
    head = HEAD.match(raw)
    try:
        parsed = Parsed(value)
    except InvalidRequirement:
        return None
    if head is None:
        return None
    start, end = head.span("specifier")
    if parsed.url or canonicalize_name(head.group("name")) != canonicalize_name(parsed.name):
        version = None  # an address, or a name written with escapes
    elif raw[start:end].strip():
        version = (span[0] + start, span[0] + start + len(raw[start:end].rstrip()))
    else:
        after = span[0] + head.end("extras" if head.group("extras") else "name")
        version = (after, after)
    tripled = text[max(span[0] - 3, 0) : span[0]] in ("'''", '"""')
    quotes = 0 if layout == "line" else 3 if tripled else 1
    return Spot(
        requirement=Requirement(
            name=canonicalize_name(parsed.name),
            specifier=text[slice(*version)] if version else str(parsed.specifier),
            place=place_at(text, span[0], path),
            line_text=raw,
            extras=tuple(sorted(parsed.extras)),
            marker=str(parsed.marker or ""),
            url=parsed.url or "",
            group=group,
        ),
        name=(span[0] + head.start("name"), span[0] + head.end("name")),
        version=version,
        whole=(span[0] - quotes, span[1] + quotes),
        layout=layout,
    )


def add_after(text: str, spot: Spot, name: str, specifier: str) -> str:
    """The text with a declaration after that of a spot: on a line of its own where that one has its own."""
    start, end = spot.whole
    line = text.rfind("\n", 0, start) + 1
    found = text.find("\n", end)
    line_end = len(text) if found == -1 else found - text[found - 1 : found].count("\r")
    newline = "\r\n" if "\r\n" in text else "\n"
    before = text[line:start]
    if spot.layout == "table":
        return _add_table(text, spot, name, specifier, newline)
    if spot.layout == "line":
        return _add_line(text, spot, before, f"{name}{specifier}", (line_end, newline))
    if spot.layout == "entry":
        return f'{text[:line_end]}{newline}{before}{name} = "{specifier}"{text[line_end:]}'
    new = f"{text[start]}{name}{specifier}{text[start]}"
    if before.strip():
        return f"{text[:end]}, {new}{text[end:]}"
    comma = text[end : end + 1] == ","
    kept = text[end:line_end] if comma else "," + text[end:line_end]
    return f"{text[:end]}{kept}{newline}{before}{new}{',' if comma else ''}{text[line_end:]}"


def _add_line(text: str, spot: Spot, before: str, new: str, ends: tuple[int, str]) -> str:
    """After a requirement that is the text of a line, of a part of one, or of an item of YAML."""
    end = spot.whole[1]
    line_end, newline = ends
    quote = text[end : end + 1] if before.endswith(("'", '"')) else ""
    if "[" in before:
        return f"{text[: end + len(quote)]}, {quote}{new}{quote}{text[end + len(quote) :]}"
    if ";" in before or text[end:line_end].lstrip().startswith(";"):
        return f"{text[:end]}; {new}{text[end:]}"
    lead = "    " if "=" in before else before
    return f"{text[:line_end]}{newline}{lead}{new}{quote}{text[line_end:]}"


def _add_table(text: str, spot: Spot, name: str, specifier: str, newline: str) -> str:
    """Before the table of its own that a dependency has, whose header has the name."""
    line = text.rfind("\n", 0, spot.name[0]) + 1
    header = text[line : text.index("]", spot.name[1]) + 1]
    own = header[: spot.name[0] - line] + name + header[spot.name[1] - line :]
    return f'{text[:line]}{own}{newline}version = "{specifier}"{newline}{newline}{text[line:]}'
