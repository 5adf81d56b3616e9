"""Where packages come from: indexes, folders of wheels, and credentials, from the places where people keep them."""

from __future__ import annotations

import configparser
import functools
import os
import re
import shutil
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec

from djup.model import Record
from djup.process import environment, run

PYPI = "https://pypi.org/simple"

PIP_FILES = ("/etc/pip.conf", "~/.pip/pip.conf", "~/.config/pip/pip.conf")
UV_FILES = ("~/.config/uv/uv.toml", "/etc/uv/uv.toml")

VARIABLE = re.compile(r"\$\{([A-Z0-9_]+)\}|\$([A-Z0-9_]+)\b")
KEYRING_SECONDS = 30.0


class Sources(Record):
    """Where packages come from. ``index`` is asked where none of the ``others`` has a package; ``""`` means PyPI.

    Addresses hold their credentials, so a Sources is never written anywhere. ``offline`` asks nobody: what is on this
    machine has to do.
    """

    index: str = ""
    others: tuple[str, ...] = ()
    find_links: tuple[str, ...] = ()
    no_index: bool = False
    offline: bool = False

    @property
    def urls(self) -> tuple[str, ...]:
        """The indexes in the order they are asked."""
        return () if self.no_index else tuple(dict.fromkeys([*self.others, self.index or PYPI]))

    def variables(self) -> dict[str, str]:
        """The sources as uv's variables, for a call of uv that is to read the project's own files as well."""
        said = {
            "UV_DEFAULT_INDEX": self.index,
            "UV_INDEX": " ".join(self.others),
            "UV_FIND_LINKS": ",".join(self.find_links),
            "UV_OFFLINE": "1" if self.offline else "",
        }
        return {name: value for name, value in said.items() if value}

    def under(self, more: Sources) -> Sources:
        """Return these sources with ``more``, whose index comes first."""
        return Sources(
            index=more.index or self.index,
            others=tuple(dict.fromkeys([*more.others, *self.others])),
            find_links=tuple(dict.fromkeys([*more.find_links, *self.find_links])),
            no_index=more.no_index or self.no_index,
            offline=more.offline or self.offline,
        )


def own_sources() -> Sources:
    """The sources of the user: variables of uv, else those of pip, pip's files, and uv's own."""
    return read_sources(os.environ, Path.home())


def read_sources(environ: Mapping[str, str], home: Path) -> Sources:
    """Read the user's sources; what is said for uv by a variable beats all that is said for pip."""
    by_uv = Sources(
        index=environ.get("UV_DEFAULT_INDEX") or environ.get("UV_INDEX_URL") or "",
        others=tuple(map(_address, f"{environ.get('UV_INDEX', '')} {environ.get('UV_EXTRA_INDEX_URL', '')}".split())),
        find_links=tuple(filter(None, environ.get("UV_FIND_LINKS", "").split(","))),
        offline=environ.get("UV_OFFLINE", "").lower() in ("1", "true", "yes"),
    )
    if by_uv.index or by_uv.others:
        return with_credentials(by_uv, environ)
    return with_credentials(_of_uv_files(home).under(_of_pip(environ, home)).under(by_uv), environ)


def _address(index: str) -> str:
    """The address of an index that may have a name: ``name=https://…``."""
    return index.partition("=")[2] if "=" in index.partition("://")[0] else index


def _of_pip(environ: Mapping[str, str], home: Path) -> Sources:
    """What pip's variables and files say; uv reads neither.

    An index on this disk is left out: it answers only for what lies there and has no upload dates, which a date cut
    needs. Folders of wheels have none either, and count where no index is to be asked.
    """
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    for name in (*PIP_FILES, environ.get("PIP_CONFIG_FILE", "")):
        path = Path(name.replace("~", str(home), 1)) if name else None
        if path and path.is_file():
            parser.read(path)

    def said(option: str) -> list[str]:
        value = environ.get("PIP_" + option.upper().replace("-", "_")) or parser.get("global", option, fallback="")
        return str(value or "").split()

    indexes = [one for one in said("index-url") if not _is_local(one)]
    no_index = bool({"1", "true", "yes"} & {one.lower() for one in said("no-index")})
    return Sources(
        index=indexes[0] if indexes else "",
        others=tuple(one for one in said("extra-index-url") if not _is_local(one)),
        find_links=tuple(one for one in said("find-links") if no_index or not _is_local(one)),
        no_index=no_index,
    )


def _is_local(address: str) -> bool:
    return address.startswith(("file:", "/", "~"))


def _of_uv_files(home: Path) -> Sources:
    """What uv's own files say, which djup's calls of uv do not read: a project's are not for the tools around it."""
    for name in UV_FILES:
        path = Path(name.replace("~", str(home), 1))
        if path.is_file():
            try:
                return of_uv_table(tomllib.loads(path.read_text(encoding="utf-8")))
            except (OSError, tomllib.TOMLDecodeError):
                return Sources()
    return Sources()


def of_uv_table(table: Mapping[str, Any]) -> Sources:
    """The sources in uv.toml or [tool.uv] (https://docs.astral.sh/uv/reference/settings/)."""
    pip = table.get("pip") or {}
    named = [one for one in table.get("index") or () if isinstance(one, dict) and one.get("url")]
    default = [str(one["url"]) for one in named if one.get("default")]
    return Sources(
        index=next(iter(default), "") or str(table.get("index-url") or pip.get("index-url") or ""),
        others=(
            *(_named(one) for one in named if not one.get("default")),
            *map(str, table.get("extra-index-url") or pip.get("extra-index-url") or ()),
        ),
        find_links=tuple(map(str, table.get("find-links") or pip.get("find-links") or ())),
        no_index=bool(table.get("no-index") or pip.get("no-index")),
        offline=bool(table.get("offline")),
    )


def _named(index: Mapping[str, Any]) -> str:
    """An index with the credentials that uv's variables hold for its name."""
    return for_name(str(index["url"]), str(index.get("name", "")), "UV_INDEX_{}_{}", os.environ)


def for_name(url: str, name: str, pattern: str, environ: Mapping[str, str]) -> str:
    """Return an address with the credentials that variables hold for the index's name, where it has none itself."""
    key = re.sub(r"[^A-Z0-9]", "_", name.upper())
    user, password = (environ.get(pattern.format(key, part), "") for part in ("USERNAME", "PASSWORD"))
    return with_user(url, user, password) if user and name and "@" not in urlsplit(url).netloc else url


def with_user(url: str, user: str, password: str) -> str:
    """Return an address with a user and a password in it."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{quote(user, safe='')}:{quote(password, safe='')}@{host}").geturl()


def with_credentials(sources: Sources, environ: Mapping[str, str]) -> Sources:
    """Return sources with variables in their addresses filled in, and passwords from the keyring where one is used."""
    use = (environ.get("UV_KEYRING_PROVIDER") or environ.get("PIP_KEYRING_PROVIDER") or "") in ("subprocess", "auto")

    def settled(urls: Iterable[str]) -> tuple[str, ...]:
        filled = (VARIABLE.sub(lambda found: environ.get(found[1] or found[2], found[0]), url) for url in urls)
        return tuple(_from_keyring(url) if use else url for url in filled)

    return msgspec.structs.replace(
        sources,
        index=next(iter(settled([sources.index])), ""),
        others=settled(sources.others),
        find_links=settled(sources.find_links),
    )


@functools.cache
def _from_keyring(url: str) -> str:
    """An address that names a user and no password, with the one that the program ``keyring`` keeps."""
    parts = urlsplit(url)
    if not parts.username or parts.password is not None or shutil.which("keyring") is None:
        return url
    for service in (parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl(), parts.hostname or ""):
        ran = run(["keyring", "get", service, parts.username], env=environment(), timeout=KEYRING_SECONDS)
        if ran.ok and ran.output.strip():
            return with_user(url, parts.username, ran.output.strip())
    return url
