"""Which modules are settings, what each gives and takes over, and what code reads of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath

from djup.facts.files import names_module
from djup.model import Record

_WORDS = (b"INSTALLED_APPS", b"ROOT_URLCONF", b"DATABASES", b"SECRET_KEY", b"MIDDLEWARE", b"TEMPLATES")
_SETTINGS = re.compile(
    rb"^(INSTALLED_APPS|ROOT_URLCONF|DATABASES|SECRET_KEY|MIDDLEWARE|MIDDLEWARE_CLASSES|TEMPLATES)\s*\+?=", re.MULTILINE
)
_HOLDER = re.compile(rb"^INSTALLED_APPS\s*=", re.MULTILINE)
_CONFIGURE = re.compile(rb"\bsettings\.configure\(")
_EMAIL = re.compile(rb"\bEMAIL_(?:BACKEND|FILE_PATH|HOST|PORT|TIMEOUT|USE_|SSL_)")
_GIVEN = re.compile(rb"^[ \t]*([A-Z][A-Z0-9_]*)[ \t]*=(?!=)", re.MULTILINE)
_STAR = re.compile(rb"^[ \t]*from[ \t]+([.\w]+)[ \t]+import[ \t]+\*", re.MULTILINE)
_TEMPLATES = re.compile(rb"""^TEMPLATES\s*=\s*\[.*['"]OPTIONS['"]\s*:\s*\{""", re.MULTILINE | re.DOTALL)
_LOST = ("LOGOUT_URL", "AUTH_PROFILE_MODULE")
"""Settings that Django itself stopped reading."""


class SettingsFacts(Record):
    """The settings of a project. Paths are relative to its root.

    ``modules`` are its settings modules, ``holders`` those among them that a new setting belongs in: they list the
    apps, and star-import no other settings module. ``configurers`` give settings by calling ``settings.configure()``.
    ``names`` has the settings that each settings module gives a value, ``bases`` those modules that it star-imports.
    ``given_elsewhere`` are settings given in modules beside the settings that are not tied to them by a star import.
    ``email_is_read`` tells whether code other than settings reads or overrides an ``EMAIL_*`` setting, ``read`` has
    those settings that Django itself lost and that code reads. ``declares_templates`` tells whether a settings module
    has TEMPLATES with options.
    """

    modules: frozenset[PurePosixPath] = frozenset()
    holders: frozenset[PurePosixPath] = frozenset()
    configurers: frozenset[PurePosixPath] = frozenset()
    names: Mapping[PurePosixPath, frozenset[str]] = {}
    bases: Mapping[PurePosixPath, frozenset[PurePosixPath]] = {}
    given_elsewhere: frozenset[str] = frozenset()
    email_is_read: bool = False
    read: frozenset[str] = frozenset()
    declares_templates: bool = False

    def gives(self, names: Collection[str]) -> bool:
        """Whether a settings module gives any of some settings."""
        return bool(names) and any(not given.isdisjoint(names) for given in self.names.values())

    def inherits(self, path: PurePosixPath, names: Collection[str]) -> bool:
        """Whether a settings module takes one of the settings from the settings modules that it star-imports."""
        return any(not self.names[base].isdisjoint(names) for base in self.bases_of(path))

    def bases_of(self, path: PurePosixPath) -> frozenset[PurePosixPath]:
        """The settings modules that one star-imports, and those that they do."""
        found: set[PurePosixPath] = set()
        waiting = [*self.bases.get(path, ())]
        while waiting:
            base = waiting.pop()
            if base not in found and base != path:
                found.add(base)
                waiting += self.bases.get(base, ())
        return frozenset(found)


class SettingsReader:
    """Reads the settings; ``known`` are modules already known to be some."""

    def __init__(self, known: Iterable[PurePosixPath] = ()) -> None:
        self._modules = set(known)
        self._holders: set[PurePosixPath] = set()
        self._configurers: set[PurePosixPath] = set()
        self._names: dict[PurePosixPath, frozenset[str]] = {}
        self._bases: dict[PurePosixPath, list[str]] = {}
        self._email_readers: set[PurePosixPath] = set()
        self._read: set[str] = set()
        self._declares_templates = False

    def read(self, path: PurePosixPath, body: bytes) -> None:
        """Look at a module."""
        if path.suffix != ".py":
            return
        if b"settings.configure(" in body and _CONFIGURE.search(body):
            self._configurers.add(path)
        self._read |= {name for name in _LOST if f"settings.{name}".encode() in body}
        if _looks_like_settings(body):
            self._modules.add(path)
            self._declares_templates = self._declares_templates or bool(_TEMPLATES.search(body))
            if _HOLDER.search(body):
                self._holders.add(path)
        elif b"EMAIL_" in body and _EMAIL.search(body):
            self._email_readers.add(path)
        stars = [match[1].decode() for match in _STAR.finditer(body)] if b"*" in body else []
        own = [module for module in stars if module.partition(".")[0] != "django"]
        if own or path in self._modules or _is_among_settings(path):
            self._names[path] = frozenset(match[1].decode() for match in _GIVEN.finditer(body))
            self._bases[path] = stars

    def result(self) -> SettingsFacts:
        """The settings modules, with those that only build on others."""
        bases = self._settle()
        return SettingsFacts(
            modules=frozenset(self._modules),
            holders=frozenset(path for path in self._holders if not bases.get(path)),
            configurers=frozenset(self._configurers),
            names={path: self._names.get(path, frozenset()) for path in self._modules},
            bases=bases,
            given_elsewhere=self._given_elsewhere(),
            email_is_read=bool(self._email_readers - self._modules),
            read=frozenset(self._read),
            declares_templates=self._declares_templates,
        )

    def _given_elsewhere(self) -> frozenset[str]:
        """The settings that modules give which lie among settings and which no star import ties to them."""
        others = (path for path in self._names if path not in self._modules and _is_among_settings(path))
        return frozenset().union(*(self._names[path] for path in others))

    def _settle(self) -> dict[PurePosixPath, frozenset[PurePosixPath]]:
        """Count in what star-imports settings and gives some itself; return which of them build on which."""
        while True:
            bases = {
                path: frozenset(base for base in self._modules for name in names if names_module(name, path, base))
                for path, names in self._bases.items()
            }
            more = {path for path, found in bases.items() if found and self._names[path]} - self._modules
            if not more:
                return {path: found for path, found in bases.items() if path in self._modules}
            self._modules |= more


def _looks_like_settings(body: bytes) -> bool:
    """Whether a module gives at least two of the settings that every project has."""
    return sum(word in body for word in _WORDS) > 1 and len(set(_SETTINGS.findall(body))) > 1


def _is_among_settings(path: PurePosixPath) -> bool:
    return any("settings" in part or part in {"config", "conf", "components"} for part in path.parts)
