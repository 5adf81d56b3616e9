"""Which Pythons, databases and drivers each Django release supports, and until when: the ``[support]`` tables."""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from collections.abc import Iterable, Mapping
from importlib import resources
from importlib.resources.abc import Traversable

import msgspec
from packaging.version import Version

from djup.errors import DjupError
from djup.model import Record, Release, parse_release, release_of


class PythonRow(Record):
    """A Python a Django release supports, and the patch that added it where it came later."""

    release: str
    added_in: str | None = None
    min_micro: str | int | None = None
    note: str | None = None
    experimental: bool = False


class Bound(Record):
    """What a release says of a database server or a driver; ``enforced`` is checked by Django when it connects."""

    min: str | None = None
    max: str | None = None
    recommended: str | None = None
    enforced: str | None = None
    note: str = ""
    source: str = ""


class Support(Record):
    """The ``[support]`` table of one Django release. Dates are YYYY-MM-DD, or YYYY-MM where only the month is known."""

    release: str
    lts: bool
    released: str
    versions: Mapping[str, str] = {}
    python: tuple[PythonRow, ...] = ()
    end_of_mainstream: str | None = None
    end_of_life: str | None = None
    latest: str | None = None
    latest_released: str | None = None
    source: str = ""
    databases: Mapping[str, Bound] = {}
    drivers: Mapping[str, Bound] = {}


class SupportTable:
    """All releases of Django that are out, oldest first."""

    def __init__(self, rows: Iterable[Support]) -> None:
        self.rows = {parse_release(row.release): row for row in rows}
        self.releases: tuple[Release, ...] = tuple(sorted(self.rows))

    def supported_pythons(self, version: str) -> tuple[Release, ...]:
        """The Pythons an exact Django version supports, oldest first, by the patch that added each."""
        django = Version(version)
        row = self.rows.get(release_of(django))
        if row is None:
            return ()
        return tuple(
            parse_release(python.release)
            for python in row.python
            if python.added_in is None or Version(python.added_in) <= django
        )

    def versions(self) -> dict[str, dt.date]:
        """Every version that can be installed, oldest first, with the day it came out."""
        rows = (self.rows[release] for release in self.releases)
        return {version: dt.date.fromisoformat(day) for row in rows for version, day in row.versions.items()}

    def latest(self, release: Release) -> str:
        """The newest patch of a release."""
        row = self.rows[release]
        return row.latest or max(row.versions, key=Version, default=row.release)

    def between(self, start: Release, end: Release) -> tuple[Release, ...]:
        """The releases after ``start`` up to and with ``end``."""
        return tuple(release for release in self.releases if start < release <= end)

    def is_lts(self, release: Release) -> bool:
        """Whether a release has long-term support."""
        return self.rows[release].lts

    def end_of_life(self, release: Release) -> str:
        """The last day (or month) of support, ``""`` where none is known."""
        row = self.rows.get(release)
        return (row.end_of_life if row else None) or ""

    def is_supported(self, release: Release, today: dt.date) -> bool:
        """Whether a release still gets security fixes on a day; its last day counts."""
        end = self.end_of_life(release)
        return bool(end) and today <= last_day(end)

    def mid_life(self, release: Release, today: dt.date) -> dt.date:
        """The day between release and end of life, as old requirements resolve best as of then.

        Never after ``today``.
        """
        row = self.rows[release]
        start = last_day(row.released)
        end = last_day(row.end_of_life) if row.end_of_life else start + dt.timedelta(days=480)
        return min(today, start + (end - start) / 2)


def last_day(text: str) -> dt.date:
    """The day a date means as an end: ``2026-04-07`` that day, ``2027-12`` the last day of the month."""
    if len(text) > len("2027-12"):
        return dt.date.fromisoformat(text)
    year, month = map(int, text.split("-"))
    first_of_next = dt.date(year + month // 12, month % 12 + 1, 1)
    return first_of_next - dt.timedelta(days=1)


@functools.cache
def load_support() -> SupportTable:
    """The bundled table, read once; raises DjupError naming the file and the key that does not fit."""
    folder = resources.files("djup") / "data" / "django"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return SupportTable(row for row in map(_read, files) if row is not None)


def _read(file: Traversable) -> Support | None:
    table = tomllib.loads(file.read_text(encoding="utf-8")).get("support")
    if table is None:
        return None
    try:
        return msgspec.convert(table, Support)
    except msgspec.ValidationError as error:
        raise DjupError(f"[support] does not fit: {error}.", path=file.name) from error
