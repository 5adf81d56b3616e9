"""The settings module, found and read without importing it: databases, apps, and the variables it demands."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from djup.model import Database, Known, Place, Record, TestCommand
from djup.project.ini import ini_values
from djup.project.layout import Layout, file_of, module_of
from djup.project.tree import Tree
from djup.source.python_2 import in_python_3

SETDEFAULT = re.compile(
    r"""(?:setdefault\(\s*|environ\[\s*)['"]DJANGO_SETTINGS_MODULE['"]\s*(?:,|\]\s*=)\s*['"]([\w.]+)['"]"""
)
VENDORS = (
    ("sqlite", "sqlite"),
    ("spatialite", "sqlite"),
    ("postg", "postgresql"),
    ("mysql", "mysql"),
    ("oracle", "oracle"),
)
CHOSEN = re.compile(r"--ds[= ]\s*([\w.]+)")
"""pytest-django's option for the settings module, which beats its ini value."""

OPTION = re.compile(r"--(?:settings|ds)[= ]([\w.]+)")

OF_A_SITE = re.compile(
    r"^[ \t]*(?:(?:INSTALLED_APPS|ROOT_URLCONF|DATABASES|SECRET_KEY|MIDDLEWARE(?:_CLASSES)?)\s*(?::[^=\n]+)?\+?="
    r"|from[ \t]+\S+[ \t]+import[ \t]+\*)",
    re.MULTILINE,
)
"""What a site's settings give, or take from other settings; an app's own ``settings.py`` does neither."""

DEMANDING = {"config": "decouple", "env": "environ"}


class Settings(Record):
    """What the chain of settings files says.

    ``files`` are the module itself and what it star-imports, nearest first.
    """

    module: Known[str]
    files: tuple[PurePosixPath, ...] = ()
    apps: tuple[str, ...] = ()
    databases: tuple[Database, ...] = ()
    required_env: tuple[Known[str], ...] = ()
    notes: tuple[str, ...] = ()


def find_settings(
    tree: Tree, layout: Layout, given: str | None, tests: Known[TestCommand] | None = None
) -> Known[str] | None:
    """Return the settings module and where it is named.

    By the user, by the test command, by test tools, by manage.py, else a lone settings file.
    """
    if given:
        return Known(value=given, why="given with --settings")
    if tests and (named := _of_command(tests.value)):
        return Known(value=named, why=f"of the test command: {tests.why}", place=tests.place, certain=tests.certain)
    for known in (*_from_tools(tree), *_from_scripts(tree, layout)):
        if file_of(known.value, tree, layout.pythonpath) or "." not in known.value:
            return known
    for path in (*tree.named("settings.py"), *tree.named("test_settings.py"), *tree.named("settings_test.py")):
        module = module_of(path, layout.pythonpath)
        if module and _is_of_a_site(tree, path):
            return Known(value=module, why="the nearest settings file", place=Place(path=path), certain=False)
    return None


def _is_of_a_site(tree: Tree, path: PurePosixPath) -> bool:
    """Whether a file is a site's settings, and not what an app calls its own."""
    return bool(OF_A_SITE.search(tree.text(path)))


def _of_command(command: TestCommand) -> str:
    """The settings module that a test command names itself, or ``""``."""
    found = OPTION.search(" ".join(command.argv))
    return found.group(1) if found else command.environment.get("DJANGO_SETTINGS_MODULE", "")


def _from_tools(tree: Tree) -> Iterator[Known[str]]:
    for section in ("pytest", "tool:pytest"):
        for name, options in ini_values(tree, section, "addopts"):
            if chosen := CHOSEN.search(options):
                place = Place(path=PurePosixPath(name))
                yield Known(value=chosen.group(1), why=f"--ds in the addopts of {name}", place=place)
        for name, value in ini_values(tree, section, "DJANGO_SETTINGS_MODULE"):
            yield Known(value=value, why=f"DJANGO_SETTINGS_MODULE in {name}", place=Place(path=PurePosixPath(name)))
    if tree.has("pyproject.toml"):
        try:
            table = tomllib.loads(tree.text("pyproject.toml"))
        except tomllib.TOMLDecodeError:
            table = {}
        value = table.get("tool", {}).get("pytest", {}).get("ini_options", {}).get("DJANGO_SETTINGS_MODULE")
        if isinstance(value, str):
            place = Place(path=PurePosixPath("pyproject.toml"))
            yield Known(value=value, why="DJANGO_SETTINGS_MODULE in pyproject.toml", place=place)


def _from_scripts(tree: Tree, layout: Layout) -> Iterator[Known[str]]:
    scripts = [path for path in (layout.manage, layout.runner) if path]
    others = [*tree.named("conftest.py"), *tree.named("wsgi.py"), *tree.named("asgi.py"), *tree.named("celery.py")]
    for path in (*scripts, *others):
        text = tree.text(path)
        for found in SETDEFAULT.finditer(text):
            place = Place(path=path, line=text.count("\n", 0, found.start()) + 1)
            yield Known(value=found.group(1), why=f"named in {path}", place=place)
    for name, value in ini_values(tree, "testenv*", "setenv"):
        given = re.search(r"DJANGO_SETTINGS_MODULE\s*=\s*([\w.]+)", value)
        if given:
            yield Known(value=given.group(1), why=f"setenv in {name}", place=Place(path=PurePosixPath(name)))


def read_settings(tree: Tree, layout: Layout, module: Known[str], environment: Mapping[str, str]) -> Settings:
    """Read the chain of a settings module; what cannot be parsed is a note, as its project may well run."""
    files: list[PurePosixPath] = []
    pairs: list[tuple[PurePosixPath, ast.Module]] = []
    notes: list[str] = []
    pending = [module.value]
    while pending:
        name = pending.pop(0)
        path = file_of(name, tree, layout.pythonpath)
        if path is None or path in files:
            continue
        files.append(path)
        try:
            parsed = _parsed(tree.text(path))
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", 0) or 0
            notes.append(f"{path}:{line}: not readable as Python, so its databases and apps are unknown.")
            continue
        pairs.append((path, parsed))
        pending += _star_imports(parsed, name, is_package=path.name == "__init__.py")
    return Settings(
        module=module,
        files=tuple(files),
        apps=tuple(dict.fromkeys(app for _, parsed in reversed(pairs) for app in _apps(parsed))),
        databases=_databases(pairs),
        required_env=_required(pairs, environment),
        notes=tuple(notes),
    )


def _parsed(text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        try:
            return ast.parse(in_python_3(text))
        except SyntaxError:
            raise error from None


def _star_imports(module: ast.Module, name: str, *, is_package: bool) -> list[str]:
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            package = name.split(".") if is_package else name.split(".")[:-1]
            base = package[: len(package) - node.level + 1] if node.level else []
            found.append(".".join([*base, *(node.module or "").split(".")]).strip("."))
    return found


def _apps(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        names = [getattr(target, "id", "") for target in getattr(node, "targets", [getattr(node, "target", None)])]
        if isinstance(node, ast.Assign | ast.AugAssign) and any(name.endswith("_APPS") for name in names):
            for element in ast.walk(node.value):
                if isinstance(element, ast.Constant) and isinstance(element.value, str):
                    yield element.value


def _databases(pairs: list[tuple[PurePosixPath, ast.Module]]) -> tuple[Database, ...]:
    """The entries of the nearest DATABASES that is written out as a dict."""
    for path, module in pairs:
        for node in ast.walk(module):
            names = [getattr(target, "id", "") for target in node.targets] if isinstance(node, ast.Assign) else []
            if isinstance(node, ast.Assign) and "DATABASES" in names and isinstance(node.value, ast.Dict):
                entries = zip(node.value.keys, node.value.values, strict=True)
                return tuple(_database(path, key, value) for key, value in entries if isinstance(key, ast.Constant))
    return ()


def _database(path: PurePosixPath, key: ast.Constant, value: ast.expr) -> Database:
    engine = host = ""
    if isinstance(value, ast.Dict):
        for name, item in zip(value.keys, value.values, strict=True):
            text = _text_of(item)
            if isinstance(name, ast.Constant) and name.value == "ENGINE":
                engine = text
            if isinstance(name, ast.Constant) and name.value == "HOST":
                host = text
    else:
        engine = _text_of(value)
    vendor = next((vendor for mark, vendor in VENDORS if mark in engine.lower()), "unknown")
    place = Place(path=path, line=value.lineno)
    return Database(alias=str(key.value), engine=engine, vendor=vendor, host=host, place=place)


def _text_of(node: ast.expr) -> str:
    """The literal of an expression: itself, or the default given to a call such as env.db(default="sqlite:///x")."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    texts = [
        str(part.value) for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    return texts[-1] if isinstance(node, ast.Call) and texts else ""


def _required(pairs: list[tuple[PurePosixPath, ast.Module]], environment: Mapping[str, str]) -> tuple[Known[str], ...]:
    """The variables settings read without a default and that nobody gave."""
    found: dict[str, Known[str]] = {}
    for path, module in pairs:
        for node in ast.walk(module):
            name, how = _demand(node)
            if name and name not in environment:
                place = Place(path=path, line=getattr(node, "lineno", 0))
                found.setdefault(name, Known(value=name, why=f"{how} without a default", place=place))
    return tuple(found.values())


def _demand(node: ast.AST) -> tuple[str, str]:
    """The variable an expression demands, and by which means; two empty texts for any other expression."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        key = node.slice
        if ast.unparse(node.value) in ("os.environ", "environ") and isinstance(key, ast.Constant):
            return str(key.value), "os.environ[...]"
    if isinstance(node, ast.Call) and len(node.args) == 1 and isinstance(node.args[0], ast.Constant):
        name = ast.unparse(node.func).split(".")[0]
        if name in DEMANDING and not any(keyword.arg == "default" for keyword in node.keywords):
            return str(node.args[0].value), f"{name}()"
    return "", ""
