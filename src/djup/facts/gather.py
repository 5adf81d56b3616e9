"""Gather the facts of a project from its files: its settings modules, and what modules import from others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from djup.facts.index import Facts, Migrations, is_migration, is_template, module_stem, names_module

_SETTING_WORDS = (b"INSTALLED_APPS", b"ROOT_URLCONF", b"DATABASES", b"SECRET_KEY", b"MIDDLEWARE", b"TEMPLATES")
_SETTINGS = re.compile(
    rb"^(INSTALLED_APPS|ROOT_URLCONF|DATABASES|SECRET_KEY|MIDDLEWARE|MIDDLEWARE_CLASSES|TEMPLATES)\s*\+?=", re.MULTILINE
)
_HOLDER = re.compile(rb"^INSTALLED_APPS\s*=", re.MULTILINE)
_FROM_IMPORT = re.compile(rb"from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]*\)|(?:[^\n\\]|\\\r?\n)*)")
"""Begins with letters, so that it is looked for fast; what stands before it is looked at afterwards."""
_APP_CONFIG = re.compile(rb"^class[ \t]+(\w+)[ \t]*\([^)]*Config\b[^)]*\)", re.MULTILINE)
_PATCHED = re.compile(rb"""\bpatch\(\s*['"][\w.]*?(\w+)\.(\w+)['"]""")
_CONFIGURE = re.compile(rb"\bsettings\.configure\(")
_EMAIL = re.compile(rb"\bEMAIL_(?:BACKEND|FILE_PATH|HOST|PORT|TIMEOUT|USE_|SSL_)")
_LABEL = re.compile(rb"""^[ \t]+label[ \t]*=[ \t]*['"](\w+)['"]""", re.MULTILINE)
_DEPENDENCY = re.compile(rb"""\(\s*['"]\w+['"]\s*,\s*['"](\w+)['"]\s*,?\s*\)""")
_GIVEN = re.compile(rb"^[ \t]*([A-Z][A-Z0-9_]*)[ \t]*=(?!=)", re.MULTILINE)
_WORD = re.compile(rb"[A-Za-z_]\w*")
_STAR = re.compile(rb"^[ \t]*from[ \t]+([.\w]+)[ \t]+import[ \t]+\*", re.MULTILINE)
_COMMENT = re.compile(rb"#[^\n]*")
_HANDLER_404 = re.compile(rb"""^handler404\s*=\s*['"](?:[\w.]*\.)?(\w+)\.(\w+)['"]""", re.MULTILINE)
_BUILTINS = re.compile(rb"""\badd_to_builtins\(\s*u?['"]([\w.]+)['"]\s*\)""")
_TEMPLATES = re.compile(rb"""^TEMPLATES\s*=\s*\[.*['"]OPTIONS['"]\s*:\s*\{""", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(rb"=[ \t]*models\.(\w+)\(")
_NAMED = re.compile(rb"[ \t]+(\w+)[ \t]*")
_RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
_PROFILE = re.compile(rb"""^AUTH_PROFILE_MODULE\s*=\s*['"]\w+\.(\w+)['"]""", re.MULTILINE)
_CLASS = re.compile(rb"^class[ \t]+(\w+)", re.MULTILINE)
_USER_RELATION = re.compile(
    rb"""\bOneToOneField\(\s*((?:['"](?:auth\.)?User['"]|(?:\w+\.)*(?:User|AUTH_USER_MODEL)\b)[^\n]*)"""
)
_UNIQUE_KEY = re.compile(
    rb"""\bForeignKey\(\s*((?:['"](?:auth\.)?User['"]|(?:\w+\.)*(?:User|AUTH_USER_MODEL)\b)[^\n]*\bunique\s*=\s*True[^\n]*)"""
)
_RELATED_NAME = re.compile(rb"""\brelated_name\s*=\s*['"](\w+)['"]""")
_NAME = re.compile(rb"([\w*]+)(?:\s+as\s+\w+)?\s*(?:,|$)")


_RELATION = re.compile(
    rb"^class[ \t]+(\w+)[ \t]*[(:]|^[ \t]+(\w+)[ \t]*=[ \t]*(?:\w+\.)*(?:Parental)?ManyToManyField\(", re.MULTILINE
)
_APP_NAME = re.compile(rb"^app_name[ \t]*=", re.MULTILINE)
_ERROR_VIEW = re.compile(rb"""^handler40[034][ \t]*=[ \t]*['"]?(?:[\w]+\.)*(\w+)['"]?[ \t]*\r?$""", re.MULTILINE)
_PATH = rb"""u?['"]([A-Za-z_]\w*(?:\.[A-Za-z_]\w*){2,})['"]"""
_REVERSED = (
    (b"reverse", re.compile(rb"reverse(?:_lazy)?\(\s*" + _PATH)),
    (b"redirect(", re.compile(rb"redirect\(\s*" + _PATH)),
    (b"resolve_url(", re.compile(rb"resolve_url\(\s*" + _PATH)),
    (b"LOGIN_", re.compile(rb"LOGIN_(?:REDIRECT_)?URL[ \t]*=[ \t]*" + _PATH)),
    (b"permalink", re.compile(rb"return[ \t]*\(\s*" + _PATH)),
    (b"url ", re.compile(rb"""%\s*url\s+['"]?([A-Za-z_]\w*(?:\.[A-Za-z_]\w*){2,})(?![\w.(])""")),
)
"""The ways to look an address up by the dotted path of a view, each with a word that it needs."""
_WATCHED = ("LOGOUT_URL", "AUTH_PROFILE_MODULE")
_CONTRIB_RELATIONS = {"User": frozenset({"groups", "user_permissions"}), "Group": frozenset({"permissions"})}


def build_facts(root: Path, paths: Iterable[PurePosixPath], settings: Iterable[PurePosixPath] = ()) -> Facts:
    """Read the facts out of a project's files; ``settings`` are modules already known to be settings."""
    wanted = (path for path in paths if path.suffix == ".py" or _is_told_by_its_place(path) or is_template(path))
    return facts_of(
        ((path, b"" if _is_told_by_its_place(path) else (root / path).read_bytes()) for path in wanted), settings
    )


def _is_told_by_its_place(path: PurePosixPath) -> bool:
    """Whether a file is a fact by being there: translations, and data that was loaded by its name."""
    return path.suffix == ".po" or is_initial_data(path)


def is_initial_data(path: PurePosixPath) -> bool:
    """Whether a file is a fixture, or SQL, that Django loaded by itself until 1.8."""
    fixture = path.parent.name == "fixtures" and path.name.startswith("initial_data.")
    return fixture or (path.suffix == ".sql" and path.parent.name == "sql")


def facts_of(files: Iterable[tuple[PurePosixPath, bytes]], settings: Iterable[PurePosixPath] = ()) -> Facts:
    """Read the facts out of Python files and templates given with their content, and of the places of some others."""
    seen = _Seen(settings)
    for path, body in files:
        if path.suffix == ".po":
            seen.catalogues.add(path.parent.parent.parent)
        elif is_initial_data(path):
            seen.initial_data.add(path.parent.parent)
        else:
            seen.read(path, body)
    return seen.facts()


class _Seen:
    """What was read of the project so far."""

    def __init__(self, settings: Iterable[PurePosixPath]) -> None:
        self.settings = set(settings)
        self.listing: set[PurePosixPath] = set()
        self.reexported: set[tuple[str, str]] = set()
        self.app_configs: dict[PurePosixPath, tuple[str, ...]] = {}
        self.configurers: set[PurePosixPath] = set()
        self.named_configs: set[PurePosixPath] = set()
        self.email_read: set[PurePosixPath] = set()
        self.labels: dict[PurePosixPath, str] = {}
        self.migrations: dict[PurePosixPath, dict[str, set[str]]] = {}
        self.stars: dict[str, list[tuple[str, frozenset[str]]]] = {}
        self.names: dict[PurePosixPath, frozenset[str]] = {}
        self.bases: dict[PurePosixPath, list[str]] = {}
        self.handlers_404: set[tuple[str, str]] = set()
        self.builtins: set[str] = set()
        self.declares_templates = False
        self.fields: dict[str, set[str]] = {}
        self.catalogues: set[PurePosixPath] = set()
        self.initial_data: set[PurePosixPath] = set()
        self.folders: dict[PurePosixPath, set[str]] = {}
        self.modules: set[str] = set()
        self.relations: dict[str, frozenset[str]] = dict(_CONTRIB_RELATIONS)
        self.app_names: set[PurePosixPath] = set()
        self.error_views: set[str] = set()
        self.profiles: set[str] = set()
        self.one_to_one: dict[str, set[str]] = {}
        self.reversed: set[str] = set()
        self.read_settings: set[str] = set()

    def read(self, path: PurePosixPath, body: bytes) -> None:
        for word, pattern in _REVERSED:
            if word in body:
                self.reversed |= {one[1].decode() for one in pattern.finditer(body)}
        if path.suffix == ".py":
            self.folders.setdefault(path.parent, set()).add(path.stem)
            self._read_module(path, body)

    def _read_module(self, path: PurePosixPath, body: bytes) -> None:
        imported = set(_imported(path, body)) if b"import" in body else set()
        self.reexported |= imported
        if b"patch(" in body:
            self.reexported |= {(one[1].decode(), one[2].decode()) for one in _PATCHED.finditer(body)}
        stars = {stem for stem, name in imported if name == "*"}
        if stars:
            words = frozenset(one.decode() for one in _WORD.findall(body))
            for stem in stars:
                self.stars.setdefault(stem, []).append((module_stem(path), words))
        self._read_configs(path, body)
        if is_migration(path):
            needed = {one[1].decode() for one in _DEPENDENCY.finditer(body)}
            self.migrations.setdefault(path.parent.parent, {})[path.stem] = needed
        if b"settings.configure(" in body and _CONFIGURE.search(body):
            self.configurers.add(path)
        self.modules.add(module_stem(path))
        self._read_early(body)
        self._read_urls_and_models(path, body)
        if sum(word in body for word in _SETTING_WORDS) > 1 and len(set(_SETTINGS.findall(body))) > 1:
            self.settings.add(path)
            self.declares_templates = self.declares_templates or bool(_TEMPLATES.search(body))
            if _HOLDER.search(body):
                self.listing.add(path)
        elif b"EMAIL_" in body and _EMAIL.search(body):
            self.email_read.add(path)
        if stars or path in self.settings or _is_among_settings(path):
            self.names[path] = frozenset(one[1].decode() for one in _GIVEN.finditer(body))
            self.bases[path] = [one[1].decode() for one in _STAR.finditer(body)]

    def _read_early(self, body: bytes) -> None:
        """Read what projects of early releases say in one file and need in another."""
        if b"handler404" in body:
            self.handlers_404 |= {(one[1].decode(), one[2].decode()) for one in _HANDLER_404.finditer(body)}
        if b"add_to_builtins" in body:
            self.builtins |= {one[1].decode() for one in _BUILTINS.finditer(body)}
        if b"AUTH_PROFILE_MODULE" in body:
            self.profiles |= {one[1].decode() for one in _PROFILE.finditer(body)}
        if b"OneToOneField(" in body or b"unique=True" in body:
            for model, accessor in _one_to_one(body):
                self.one_to_one.setdefault(model, set()).add(accessor)
        for one in _FIELD.finditer(body) if b"models." in body else ():
            name = _NAMED.fullmatch(body, body.rfind(b"\n", 0, one.start()) + 1, one.start())
            if name is not None:
                self.fields.setdefault(name[1].decode(), set()).add(one[1].decode())

    def _read_urls_and_models(self, path: PurePosixPath, body: bytes) -> None:
        if b"ManyToManyField(" in body and not is_migration(path):
            model = ""
            for match in _RELATION.finditer(body):
                if match[1]:
                    model = match[1].decode()
                elif model:
                    self.relations[model] = self.relations.get(model, frozenset()) | {match[2].decode()}
        if b"app_name" in body and _APP_NAME.search(body):
            self.app_names.add(path)
        self.read_settings |= {name for name in _WATCHED if f"settings.{name}".encode() in body}
        if b"handler40" in body:
            self.error_views |= {one[1].decode() for one in _ERROR_VIEW.finditer(body)}

    def _read_configs(self, path: PurePosixPath, body: bytes) -> None:
        if path.name == "apps.py":
            self.app_configs[path.parent] = tuple(one[1].decode() for one in _APP_CONFIG.finditer(body))
            labels = {one[1].decode() for one in _LABEL.finditer(body)}
            self.labels |= {path.parent: labels.pop()} if len(labels) == 1 else {}
        if path.name == "__init__.py" and b"default_app_config" in body:
            self.named_configs.add(path.parent)

    def facts(self) -> Facts:
        bases = self._settle()
        return Facts(
            settings=frozenset(self.settings),
            holders=frozenset(path for path in self.listing if not bases.get(path)),
            configurers=frozenset(self.configurers),
            reexported=frozenset(self.reexported),
            stars={stem: tuple(found) for stem, found in self.stars.items()},
            app_configs=self.app_configs,
            named_configs=frozenset(self.named_configs),
            app_labels=self.labels,
            migrations={package: _migrations(found) for package, found in self.migrations.items()},
            email_settings_read=bool(self.email_read - self.settings),
            given_elsewhere=self._given_elsewhere(),
            setting_names={path: self.names.get(path, frozenset()) for path in self.settings},
            setting_bases=bases,
            handlers_404=frozenset(self.handlers_404),
            builtins=tuple(sorted(self.builtins)),
            declares_templates=self.declares_templates,
            plain_fields=frozenset(name for name, kinds in self.fields.items() if kinds.isdisjoint(_RELATIONS)),
            field_kinds={name: frozenset(kinds) for name, kinds in self.fields.items()},
            catalogues=frozenset(self.catalogues),
            initial_data=frozenset(self.initial_data),
            siblings=self._siblings(),
            modules=frozenset(self.modules),
            many_to_many=self.relations,
            app_names=frozenset(self.app_names),
            error_views=frozenset(self.error_views),
            profile=self._profile(),
            reversed_paths=frozenset(self.reversed),
            settings_read=frozenset(self.read_settings),
        )

    def _siblings(self) -> dict[PurePosixPath, frozenset[str]]:
        packages = {folder for folder, names in self.folders.items() if "__init__" in names}
        for folder in packages:
            self.folders.setdefault(folder.parent, set()).add(folder.name)
        return {folder: frozenset(self.folders[folder] - {"__init__"}) for folder in packages}

    def _profile(self) -> str:
        """How a user's profile is reached; empty where more than one way, or none, is known."""
        found = {accessor for model in self.profiles for accessor in self.one_to_one.get(model, ())}
        return found.pop() if len(self.profiles) == len(found) == 1 else ""

    def _given_elsewhere(self) -> frozenset[str]:
        """The settings that modules give which lie among settings and which no star import ties to them."""
        others = [names for path, names in self.names.items() if path not in self.settings and _is_among_settings(path)]
        return frozenset().union(*others)

    def _settle(self) -> dict[PurePosixPath, frozenset[PurePosixPath]]:
        """Count in what star-imports settings and gives some itself; return which of them build on which."""
        while True:
            bases = {
                path: frozenset(one for one in self.settings for module in modules if names_module(module, path, one))
                for path, modules in self.bases.items()
            }
            more = {path for path, found in bases.items() if found and self.names[path]} - self.settings
            if not more:
                return {path: found for path, found in bases.items() if path in self.settings}
            self.settings |= more


def _one_to_one(body: bytes) -> Iterator[tuple[str, str]]:
    """The models of which a user has one at most, each with what leads from the user to it."""
    starts = [(one.start(), one[1].decode()) for one in _CLASS.finditer(body)]
    for match in _USER_RELATION.finditer(body):
        owners = [name for start, name in starts if start < match.start()]
        named = _RELATED_NAME.search(match[1])
        if owners:
            yield owners[-1], named[1].decode() if named else owners[-1].lower()
    for match in _UNIQUE_KEY.finditer(body):
        owners = [name for start, name in starts if start < match.start()]
        named = _RELATED_NAME.search(match[1])
        if owners:
            accessor = named[1].decode() if named else f"{owners[-1].lower()}_set"
            yield owners[-1], f"{accessor}.get()"


def _migrations(found: Mapping[str, set[str]]) -> Migrations:
    """The migrations of an app; one that names its own name names another app's, as first ones often share theirs."""
    needed = {name for own, names in found.items() for name in names if name != own}
    return Migrations(names=tuple(sorted(found)), leaves=tuple(sorted(set(found) - needed)))


def _is_among_settings(path: PurePosixPath) -> bool:
    return any("settings" in part or part in {"config", "conf", "components"} for part in path.parts)


def _imported(path: PurePosixPath, body: bytes) -> Iterable[tuple[str, str]]:
    """The (module stem, name) pairs of the from-imports of a module, Django's own modules left out."""
    for match in _FROM_IMPORT.finditer(body):
        module = match[1].decode()
        if module.split(".", 1)[0] == "django" or not _begins_line(body, match.start()):
            continue
        stem = module.rpartition(".")[2] or _folder(path, len(module))
        for name in _NAME.finditer(_COMMENT.sub(b"", match[2]).strip(b"()\\ \t\r\n")):
            yield stem, name[1].decode()


def _begins_line(body: bytes, start: int) -> bool:
    """Whether there is nothing but space before a place in its line."""
    return not body[body.rfind(b"\n", 0, start) + 1 : start].strip(b" \t")


def _folder(path: PurePosixPath, dots: int) -> str:
    above = [path.parent, *path.parent.parents]
    return above[min(dots - 1, len(above) - 1)].name
