"""Which versions of a package fix a security issue that the version in use has, as the package index tells it."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec
from packaging.version import InvalidVersion, Version

from djup.model import Record
from djup.packages.index import Index, IndexUnreachableError


class Advisory(Record, forbid_unknown_fields=False):
    """A known issue of a version: its ids, and the versions that have it no more."""

    id: str
    aliases: tuple[str, ...] = ()
    fixed_in: tuple[str, ...] = ()
    withdrawn: str | None = None

    @property
    def name(self) -> str:
        """Its CVE id where it has one."""
        return next((one for one in (self.id, *self.aliases) if one.startswith("CVE-")), self.id)


class _Told(Record, forbid_unknown_fields=False):
    vulnerabilities: tuple[Advisory, ...] = ()


def advisories_of(index: Index, name: str, version: str) -> tuple[Advisory, ...]:
    """The issues of a version (https://docs.pypi.org/api/json/); none where no index tells.

    Only an index laid out as PyPI has this page, beside its ``simple`` one.
    """
    for url in index.urls:
        if not urlsplit(url).path.endswith("/simple/"):
            continue
        try:
            text = index.text(f"{url.removesuffix('simple/')}pypi/{name}/{version}/json")
            told = msgspec.json.decode(text or "{}", type=_Told)
        except (IndexUnreachableError, msgspec.DecodeError):
            continue
        return tuple(one for one in told.vulnerabilities if not one.withdrawn)
    return ()


def fixed_by(advisories: tuple[Advisory, ...], version: str) -> tuple[str, ...]:
    """The names of the issues that a version has no more."""
    return tuple(one.name for one in advisories if any(_reaches(version, fixed) for fixed in one.fixed_in))


def _reaches(version: str, fixed: str) -> bool:
    try:
        return Version(version) >= Version(fixed)
    except InvalidVersion:
        return False
