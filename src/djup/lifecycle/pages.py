"""Reading product pages: tolerant of both spellings and of mistakes, each of which is told with its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from djup.lifecycle.days import is_day
from djup.lifecycle.front_matter import Item, UnreadableError, read_front_matter
from djup.lifecycle.models import Auto, CustomField, Product, ProductRelease
from djup.lifecycle.problems import Problem
from djup.lifecycle.spelling import modern_custom_field, modern_page, modern_release
from djup.model import Record

IGNORED = frozenset({"layout", "iconUrl", "nav_order", "parent", "sortReleasesBy"})
"""Keys of other tools that say nothing of a lifecycle."""
DATES = frozenset({"addedAt", "releaseDate", "latestReleaseDate", "eoas", "eol", "eoes", "discontinued", "lts"})
LARGEST = 2_000_000
"""Characters of a page; the largest known ones have some hundred thousand."""


class Page(Record):
    """A page as read: the product (None where nothing could be made of it), its body, and what is wrong with it.

    ``lines`` tells where each key is written: ``{"releases#4.2.eol": 31}``.
    """

    path: str
    product: Product | None
    body: str = ""
    problems: tuple[Problem, ...] = ()
    lines: Mapping[str, int] = {}

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that are more than warnings."""
        return tuple(problem for problem in self.problems if problem.level == "error")


def read_page(text: str, path: str) -> Page:
    """Read one page; it never fails: what cannot be read is a problem, and the rest is kept."""
    if len(text) > LARGEST:
        return _unreadable(path, "size", f"the page is longer than {LARGEST:,} characters", 0)
    try:
        front, body, doubled = read_front_matter(text, path)
    except UnreadableError as error:
        return _unreadable(path, "front-matter", error.message, error.line)
    reader = _PageReader(path)
    reader.problems += doubled
    product = reader.product(modern_page(front))
    return Page(path=path, product=product, body=body, problems=tuple(reader.problems), lines=reader.lines)


def read_file(path: Path) -> Page:
    """Read the page in a file; one that cannot be opened or is not UTF-8 is a problem like others."""
    try:
        return read_page(path.read_bytes().decode("utf-8"), str(path))
    except UnicodeDecodeError as error:
        return _unreadable(str(path), "encoding", f"this is not UTF-8: {error.reason} at byte {error.start}", 0)
    except OSError as error:
        return _unreadable(str(path), "file", f"it cannot be read: {error.strerror or error}", 0)


def read_paths(paths: Iterable[Path]) -> list[Page]:
    """Read files, and every ``*.md`` of folders, in the order of their names."""
    files = [file for path in paths for file in (sorted(path.glob("*.md")) if path.is_dir() else [path])]
    return [read_file(file) for file in files]


def _unreadable(path: str, rule: str, message: str, line: int) -> Page:
    problem = Problem(path=path, line=line, key="page", rule=rule, message=f"{message}.")
    return Page(path=path, product=None, problems=(problem,))


class _PageReader:
    """Fits the items of one page into records, gathering what does not fit."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}

    def tell(self, item: Item, key: str, rule: str, message: str, *, hint: str = "", warning: bool = False) -> None:
        self.problems.append(
            Problem(
                path=self.path,
                line=item.key_line or item.line,
                key=key,
                rule=rule,
                message=message,
                hint=hint,
                level="warning" if warning else "error",
            )
        )

    def product(self, front: Mapping[str, Item]) -> Product | None:
        values = self._fit(front, Product, "", skip={"releases", "customFields", "auto"})
        fields = self._custom_fields(front.get("customFields"))
        values["custom_fields"] = fields
        values["auto"] = self._auto(front.get("auto"))
        values["releases"] = self._releases(front, {field.name for field in fields})
        values.setdefault("permalink", "/" + Path(self.path).stem.lower())
        values.setdefault("title", str(values["permalink"]).removeprefix("/"))
        values.setdefault("category", "app")
        for key in ("title", "category", "permalink", "releases"):
            if key not in front:
                first = next(iter(front.values()), Item(None, 1, "null", 0, 0))
                self.tell(first, key, "required", "it is missing.")
        return Product(**values)

    def _releases(self, front: Mapping[str, Item], custom: set[str]) -> tuple[ProductRelease, ...]:
        item = front.get("releases")
        if item is None:
            return ()
        if not isinstance(item.value, list):
            self.tell(item, "releases", "type", "it has to be a list.")
            return ()
        return tuple(release for row in item.value if (release := self._release(row, custom)) is not None)

    def _release(self, row: Item, custom: set[str]) -> ProductRelease | None:
        if not isinstance(row.value, dict):
            self.tell(row, "releases", "type", "each release has to be a mapping.")
            return None
        items = modern_release(row.value)
        own = {key: items.pop(key) for key in list(items) if key in custom}
        name = items["releaseCycle"].value if "releaseCycle" in items else "?"
        values = self._fit(items, ProductRelease, f"releases#{name}.", skip={"custom"}, known=custom)
        values["custom"] = self._custom_values(own, f"releases#{name}.")
        if "release_cycle" not in values:
            if "releaseCycle" not in items:
                self.tell(row, "releases", "required", "a release has no releaseCycle.")
            return None
        return ProductRelease(**values)

    def _custom_values(self, own: Mapping[str, Item], prefix: str) -> dict[str, str]:
        found = {}
        for key, item in own.items():
            if isinstance(item.value, str):
                found[key] = item.value
            elif item.value is not None:
                self.tell(item, prefix + key, "type", "the value of a custom field has to be a text.", hint="Quote it.")
        return found

    def _custom_fields(self, item: Item | None) -> tuple[CustomField, ...]:
        if item is None or item.value is None:
            return ()
        rows = item.value if isinstance(item.value, list) else []
        if not isinstance(item.value, list):
            self.tell(item, "customFields", "type", "it has to be a list.")
        found = []
        for row in rows:
            if not isinstance(row.value, dict):
                self.tell(row, "customFields", "type", "each custom field has to be a mapping.")
                continue
            values = self._fit(modern_custom_field(row.value), CustomField, "customFields.")
            missing = [key for key in ("name", "display", "label") if key not in values]
            for key in missing:
                self.tell(row, f"customFields.{key}", "required", "it is missing or does not fit.")
            if not missing:
                found.append(CustomField(**values))
        return tuple(found)

    def _auto(self, item: Item | None) -> Auto:
        if item is None or not isinstance(item.value, dict):
            return Auto()
        values = self._fit(item.value, Auto, "auto.")
        return Auto(**values)

    def _fit(
        self,
        items: Mapping[str, Item],
        kind: type[Record],
        prefix: str,
        *,
        skip: Iterable[str] = (),
        known: Iterable[str] = (),
    ) -> dict[str, Any]:
        """The items that fit the fields of a record, by field name; the rest are problems."""
        fields = _fields(kind)
        values: dict[str, Any] = {}
        for key, item in items.items():
            self.lines[prefix + key] = item.key_line
            if key in skip or key in IGNORED:
                continue
            if key not in fields:
                self._unknown(item, prefix, key, [*fields, *known])
                continue
            name, type_ = fields[key]
            try:
                value = msgspec.convert(item.plain(), type_, strict=item.kind != "number")
            except msgspec.ValidationError as error:
                if item.value is not None:  # a key without a value says nothing, as a missing key does
                    self.tell(item, prefix + key, "type", _sentence(error), hint=_hint(key, item))
                continue
            if key in DATES and isinstance(value, str) and not is_day(value):
                self.tell(item, prefix + key, "real-day", f"there is no {value} in the calendar.")
                continue
            if item.kind == "number" and isinstance(value, str):
                message = f"the unquoted number {item.value} was read as the text it is."
                hint = f'Write "{item.value}": other readers make a number of it, and 4.10 is not 4.1.'
                self.tell(item, prefix + key, "unquoted-version", message, hint=hint, warning=True)
            values[name] = value
        return values

    def _unknown(self, item: Item, prefix: str, key: str, known: list[str]) -> None:
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.6) or [one for one in known if one.startswith(key)]
        hint = f"Did you mean '{near[0]}'?" if near else ""
        self.tell(item, prefix + key, "unknown-key", "it is not known and was ignored.", hint=hint, warning=True)


_FIELDS: dict[type[Record], dict[str, tuple[str, Any]]] = {}


def _fields(kind: type[Record]) -> dict[str, tuple[str, Any]]:
    """The fields of a record by the key a file uses: name and type."""
    if kind not in _FIELDS:
        hints = get_type_hints(kind, include_extras=True)
        _FIELDS[kind] = {one.encode_name: (one.name, hints[one.name]) for one in msgspec.structs.fields(kind)}
    return _FIELDS[kind]


def _sentence(error: msgspec.ValidationError) -> str:
    text = str(error).rstrip(".")
    return f"{text[0].lower()}{text[1:]}."


def _hint(key: str, item: Item) -> str:
    if key in DATES:
        return "Write a day (2026-04-07), a month that is announced (2027-04), true or false."
    return "Quote the text." if item.kind in {"bool", "number"} else ""
