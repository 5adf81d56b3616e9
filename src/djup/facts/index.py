"""The facts of a project that no single file tells, and what a file is by its path."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from typing import Literal

from djup.model import Record


class Migrations(Record):
    """The migrations of an app: their names, and those that nothing else in the app depends on."""

    names: tuple[str, ...]
    leaves: tuple[str, ...]


class Facts(Record):
    """What the files of a project say together. Paths are relative to its root.

    ``settings`` are its settings modules, ``holders`` those among them that a new setting belongs in: they
    list the apps, and star-import no other settings module. ``configurers`` give settings by
    calling ``settings.configure()``. ``reexported`` has, by module file stem (or
    package folder), the names that other modules import from it or patch in it; ``"*"`` stands for all.
    ``stars`` has, by module stem, the modules that star-import it with all words
    in them. ``app_configs`` has, by package, the AppConfig classes of its ``apps.py``, ``named_configs`` the packages
    that name theirs by ``default_app_config``. ``app_labels`` has the
    labels that ``apps.py`` gives, ``migrations`` those of each app. ``email_settings_read`` tells whether code
    other than settings reads or overrides an ``EMAIL_*`` setting, ``given_elsewhere`` are settings
    given in modules beside the settings that are not tied to them by a star import. ``setting_names`` has
    the settings that each settings module gives a value, ``setting_bases`` those that it star-imports.
    ``handlers_404`` are the views that URLconfs name for pages that are missing, by module stem and name; ``builtins``
    the template libraries that code adds to those that need no load, ``declares_templates`` tells whether a
    settings module has TEMPLATES with options to name them in. ``plain_fields`` are names that models give to
    fields that are no relation, and to none that is; ``modules`` the names of all modules.
    ``many_to_many`` has, by model, its relations with many objects; ``app_names`` are the modules that give an
    ``app_name``, ``error_views`` the names of functions that URLconfs give for errors, ``reversed_paths`` the dotted
    paths of views by which addresses are looked up, ``settings_read`` those settings that Django itself lost and that
    code reads. ``profile`` is the attribute by which a user has the profile that AUTH_PROFILE_MODULE names: of a
    one-to-one relation, or ``….get()`` of a unique one. ``field_kinds`` has the classes of the fields of each name that
    models declare, ``catalogues`` are the folders of translations, ``initial_data`` the apps with fixtures or SQL that
    the first releases loaded by themselves, ``siblings`` has the modules of each package, by its folder.
    """

    settings: frozenset[PurePosixPath] = frozenset()
    holders: frozenset[PurePosixPath] = frozenset()
    configurers: frozenset[PurePosixPath] = frozenset()
    reexported: frozenset[tuple[str, str]] = frozenset()
    stars: Mapping[str, tuple[tuple[str, frozenset[str]], ...]] = {}
    app_configs: Mapping[PurePosixPath, tuple[str, ...]] = {}
    named_configs: frozenset[PurePosixPath] = frozenset()
    app_labels: Mapping[PurePosixPath, str] = {}
    migrations: Mapping[PurePosixPath, Migrations] = {}
    email_settings_read: bool = False
    given_elsewhere: frozenset[str] = frozenset()
    setting_names: Mapping[PurePosixPath, frozenset[str]] = {}
    setting_bases: Mapping[PurePosixPath, frozenset[PurePosixPath]] = {}
    handlers_404: frozenset[tuple[str, str]] = frozenset()
    builtins: tuple[str, ...] = ()
    declares_templates: bool = False
    plain_fields: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()
    profile: str = ""
    field_kinds: Mapping[str, frozenset[str]] = {}
    catalogues: frozenset[PurePosixPath] = frozenset()
    initial_data: frozenset[PurePosixPath] = frozenset()
    siblings: Mapping[PurePosixPath, frozenset[str]] = {}

    def digest(self) -> str:
        """A short text that differs where any fact does."""
        return hashlib.sha256(repr(_ordered(self)).encode()).hexdigest()

    def names_of(self, attribute: Literal["error_views", "handlers_404", "many_to_many"]) -> frozenset[str]:
        """The names that other files must hold for a fact to matter to them."""
        if attribute == "handlers_404":
            return frozenset(name for _, name in self.handlers_404)
        return self.error_views if attribute == "error_views" else frozenset[str]().union(*self.many_to_many.values())

    def has_module(self, name: str) -> bool:
        """Whether the project has a module of that name, wherever it lies."""
        return name in self.modules

    many_to_many: Mapping[str, frozenset[str]] = {}
    app_names: frozenset[PurePosixPath] = frozenset()
    error_views: frozenset[str] = frozenset()
    reversed_paths: frozenset[str] = frozenset()
    settings_read: frozenset[str] = frozenset()

    def gives(self, names: Collection[str]) -> bool:
        """Whether a settings module gives any of some settings."""
        return bool(names) and any(not given.isdisjoint(names) for given in self.setting_names.values())

    def names_app(self, module: str) -> bool:
        """Whether a module of the project, by its dotted name, gives an ``app_name``."""
        return any(names_module(module, path, path) for path in self.app_names)

    def inherits(self, path: PurePosixPath, names: Collection[str]) -> bool:
        """Whether a settings module takes one of the settings from the settings modules that it star-imports."""
        return any(not self.setting_names[base].isdisjoint(names) for base in self.bases_of(path))

    def bases_of(self, path: PurePosixPath) -> frozenset[PurePosixPath]:
        """The settings modules that one star-imports, and those that they do."""
        found: set[PurePosixPath] = set()
        waiting = [*self.setting_bases.get(path, ())]
        while waiting:
            base = waiting.pop()
            if base not in found and base != path:
                found.add(base)
                waiting += self.setting_bases.get(base, ())
        return frozenset(found)

    def imports_from(self, path: PurePosixPath, name: str) -> bool:
        """Whether another module may rely on a name of the module at a path: by import, star import or patching."""
        return self._is_taken(module_stem(path), name, frozenset())

    def _is_taken(self, stem: str, name: str, seen: frozenset[str]) -> bool:
        if (stem, name) in self.reexported:
            return True
        return any(
            name in words or (further not in seen and self._is_taken(further, name, seen | {stem}))
            for further, words in self.stars.get(stem, ())
        )


def _ordered(value: object) -> object:
    """A value with all that has no order of its own put into one."""
    if isinstance(value, Record):
        return [_ordered(getattr(value, name)) for name in value.__struct_fields__]
    if isinstance(value, Mapping):
        return sorted((str(key), repr(_ordered(one))) for key, one in value.items())
    if isinstance(value, (set, frozenset)):
        return sorted(repr(_ordered(one)) for one in value)
    return [_ordered(one) for one in value] if isinstance(value, tuple) else str(value)


def module_stem(path: PurePosixPath) -> str:
    """The last part of the dotted name of the module at a path."""
    return path.parent.name if path.name == "__init__.py" else path.stem


def package_of(path: PurePosixPath) -> str:
    """The dotted package that relative imports in the module at a path start from."""
    return ".".join(path.parent.parts)


def is_migration(path: PurePosixPath) -> bool:
    """Whether a file is one of Django's (or South's) migrations."""
    return path.suffix == ".py" and path.parent.name in {"migrations", "south_migrations"} and path.stem != "__init__"


def is_python(path: PurePosixPath) -> bool:
    """Whether a file is Python source, by its name."""
    return path.suffix in {".py", ".pyi", ".wsgi"}


def is_template(path: PurePosixPath) -> bool:
    """Whether a file is a Django template: any text under a ``templates`` folder, or HTML outside the static files.

    Documentation about templates is none.
    """
    if "jinja2" in path.parts or path.suffix in {
        ".py",
        ".pyc",
        ".png",
        ".gif",
        ".jpg",
        ".ico",
        ".svg",
        ".jinja",
        ".j2",
    }:
        return False
    if "templates" in path.parts[:-1]:
        above = path.parts[: max(0, path.parts.index("templates") - 1)]  # an app may be named docs
        return not ({"docs", "doc"}.intersection(above) and path.suffix in {".txt", ".rst", ".md"})
    return path.suffix in {".html", ".htm", ".djhtml"} and not {"static", "docs", "media"}.intersection(path.parts)


def names_module(module: str, here: PurePosixPath, wanted: PurePosixPath) -> bool:
    """Whether a module named in the file ``here``, relatively or not, is the file ``wanted``."""
    target = wanted.parent if wanted.name == "__init__.py" else wanted.with_suffix("")
    bare = module.lstrip(".")
    parts = tuple(bare.split(".")) if bare else ()
    dots = len(module) - len(bare)
    if dots:
        folders = [here.parent, *here.parent.parents]
        return target == folders[min(dots, len(folders)) - 1].joinpath(*parts)
    return bool(parts) and target.parts[-len(parts) :] == parts
