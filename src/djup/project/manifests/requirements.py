"""requirements.txt as pip reads it: each requirement with its place; a write touches one version part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as Parsed
from packaging.utils import canonicalize_name

from djup.errors import UsageError
from djup.model import ManifestFile, Place, Record, Requirement

NAME = "requirements"

COMMENT = re.compile(r"(^|\s)#.*$")
OPTION = re.compile(r"^-{1,2}[A-Za-z][\w-]*")
PER_LINE = re.compile(r"\s--?(?:hash|global-option|install-option|config-settings|C)[=\s].*$", re.DOTALL)
HASH = re.compile(r"--hash[=\s](\S+)")
EGG = re.compile(r"[#&]egg=([\w.-]+)")
HEAD = re.compile(
    r"\s*(?P<name>[A-Za-z0-9][\w.-]*)\s*(?P<extras>\[[^\]]*\])?\s*(?P<open>\()?\s*(?P<specifier>[^;#@()\s]?[^;#@()]*)"
)
ROLES = (
    ("constraint", "constraints"),
    ("test", "test"),
    ("dev", "dev"),
    ("local", "dev"),
    ("doc", "docs"),
    ("lint", "dev"),
)


class Line(Record):
    """A logical line: continuation lines joined. ``start`` is its offset in the text, ``number`` its first line."""

    text: str
    start: int
    number: int


def matches(path: PurePosixPath) -> bool:
    """Whether a file is one by its name: requirements*.txt, *requirements.txt, constraints.txt, requirements/*.txt."""
    if path.suffix != ".txt":
        return False
    stem = path.stem.lower()
    return "requirements" in stem or stem == "constraints" or path.parent.name in ("requirements", "reqs")


def role_of(path: PurePosixPath) -> str:
    """What a file is for, by its name."""
    stem = path.stem.lower()
    return next((role for mark, role in ROLES if mark in stem), "main")


def read(text: str, path: PurePosixPath) -> ManifestFile:
    """Return the requirements of a file; raises UsageError naming file and line for one that cannot be read."""
    requirements, includes, options = [], [], []
    role = role_of(path)
    for line in logical_lines(text):
        stripped = _without_comment(line.text).strip()
        if not stripped:
            continue
        option = OPTION.match(stripped)
        if option is None or option.group() in ("-e", "--editable"):
            requirements.append(_requirement(stripped, line, path, role))
        elif option.group() in ("-r", "-c", "--requirement", "--constraint"):
            includes.append(_beside(path, stripped[option.end() :].lstrip(" =\t")))
        else:
            options.append(stripped)
    return ManifestFile(
        path=path,
        format=NAME,
        role=role,
        requirements=tuple(requirements),
        includes=tuple(includes),
        options=tuple(options),
    )


def logical_lines(text: str) -> Iterator[Line]:
    """The lines of a file, those that end in a backslash joined with the next (line ends are kept inside)."""
    start = number = 0
    pending = ""
    first = 1
    for number, raw in enumerate(text.splitlines(keepends=True), start=1):
        if not pending:
            first = number
        pending += raw
        body = raw.rstrip("\r\n")
        if body.endswith("\\") and not body.lstrip().startswith("#"):
            continue
        yield Line(text=pending, start=start, number=first)
        start += len(pending)
        pending = ""
    if pending:
        yield Line(text=pending, start=start, number=first)


def set_specifier(text: str, requirement: Requirement, specifier: str) -> str:
    """Return the text with the version part of one requirement replaced; name, extras, marker, comment and spaces stay.

    A requirement that had none gets it right after its name.
    """
    line = _line_of(text, requirement)
    head = _head(line)
    old = head.group("specifier")
    if old.strip():
        start = line.start + head.start("specifier")
        kept = old[len(old.rstrip()) :]
        end = start + len(old) - len(kept)
    else:
        after = "extras" if head.group("extras") else "name"
        start = end = line.start + head.end(after)
    return text[:start] + specifier + text[end:]


def rename(text: str, requirement: Requirement, name: str) -> str:
    """Return the text with the name of one requirement replaced."""
    line = _line_of(text, requirement)
    head = _head(line)
    return text[: line.start + head.start("name")] + name + text[line.start + head.end("name") :]


def remove(text: str, requirement: Requirement) -> str:
    """Return the text without the lines of one requirement."""
    line = _line_of(text, requirement)
    return text[: line.start] + text[line.start + len(line.text) :]


def add(text: str, name: str, specifier: str) -> str:
    """Return the text with one more requirement after the last, with the file's own line ends."""
    newline = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text or text.endswith("\n") else newline
    return f"{text}{gap}{name}{specifier}{newline}"


def replace_hashes(text: str, requirement: Requirement, hashes: tuple[str, ...]) -> str:
    """Return the text with the ``--hash`` options of one requirement replaced, laid out as the old ones were."""
    line = _line_of(text, requirement)
    first = HASH.search(line.text)
    if first is None:
        return text
    joint = line.text[len(line.text[: first.start()].rstrip(" \t\r\n\\")) : first.start()]
    last = list(HASH.finditer(line.text))[-1]
    body = joint.join(f"--hash={value}" for value in hashes)
    new = line.text[: first.start()] + body + line.text[last.end() :]
    return text[: line.start] + new + text[line.start + len(line.text) :]


def _without_comment(line: str) -> str:
    return "".join(COMMENT.sub("", part) for part in line.replace("\\\r\n", " ").replace("\\\n", " ").splitlines())


def _beside(path: PurePosixPath, target: str) -> PurePosixPath:
    """The path of an included file, relative to the root, with ``..`` resolved."""
    parts: list[str] = []
    for part in (path.parent / target.strip().strip("'\"")).parts:
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return PurePosixPath(*parts)


def _requirement(stripped: str, line: Line, path: PurePosixPath, role: str) -> Requirement:
    column = len(line.text) - len(line.text.lstrip()) + 1
    place = Place(path=path, line=line.number, column=column)
    group = "" if role == "main" else role
    editable = stripped.startswith(("-e", "--editable"))
    body = re.sub(r"^(-e|--editable)[=\s]*", "", stripped)
    hashes = tuple(HASH.findall(body))
    body = PER_LINE.sub("", body).strip()
    if editable or _is_address(body):
        egg = EGG.search(body)
        return Requirement(
            name=canonicalize_name(egg.group(1)) if egg else "",
            specifier="",
            place=place,
            line_text=stripped,
            url=body,
            editable=editable,
            hashes=hashes,
            group=group,
        )
    try:
        parsed = Parsed(body)
    except InvalidRequirement as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise UsageError(
            f"'{stripped}' is not a requirement pip could read ({reason}).",
            hint="Mend that line, then run the same command again.",
            path=str(path),
            line=line.number,
        ) from error
    head = _head(line)
    return Requirement(
        name=canonicalize_name(parsed.name),
        specifier=head.group("specifier").strip() if not parsed.url else "",
        place=place,
        line_text=stripped,
        extras=tuple(sorted(parsed.extras)),
        marker=str(parsed.marker or ""),
        url=parsed.url or "",
        hashes=hashes,
        group=group,
    )


def _is_address(body: str) -> bool:
    """Whether a line is a URL, a VCS address or a path, without a name before it."""
    first = body.partition(";")[0].strip()
    if " @ " in first or re.match(r"[A-Za-z0-9][\w.-]*(\[[^\]]*\])?\s*@", first):
        return False
    return "://" in first or first.startswith((".", "/", "~")) or first.endswith((".whl", ".zip", ".tar.gz"))


def _head(line: Line) -> re.Match[str]:
    """The name, extras and version part of a line; per-line options and comments are no part of it."""
    end = len(line.text)
    for pattern in (PER_LINE, COMMENT):
        found = pattern.search(line.text, 0, end)
        end = found.start() if found else end
    body = line.text[:end].rstrip("\r\n\\ \t")
    found = HEAD.match(body)
    if found is None:
        raise ValueError(f"no requirement in {line.text!r}")
    return found


def _line_of(text: str, requirement: Requirement) -> Line:
    return next(line for line in logical_lines(text) if line.number == requirement.place.line)
