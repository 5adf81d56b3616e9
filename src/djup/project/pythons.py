"""The Python a project says it runs on, with where it says so, and the range it allows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import PurePosixPath

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from djup.model import Known, Place, Release, parse_release
from djup.project.ini import ini_values
from djup.project.manifests.setup_cfg import values
from djup.project.manifests.setup_py import arguments
from djup.project.tree import Tree

VERSION = re.compile(r"\b([23]\.\d{1,2})(?:\.\d+)?\b")
DOCKER = re.compile(r"^\s*FROM\s+(?:\S*/)?python:([23]\.\d{1,2})", re.MULTILINE | re.IGNORECASE)
CLASSIFIER = re.compile(r"Programming Language :: Python :: ([23]\.\d{1,2})\b")
TOX = re.compile(r"py\{?([\d,]+)\}?|py([23])\.?(\d{1,2})")
CI = (".travis.yml", ".gitlab-ci.yml", "circle.yml", ".circleci/config.yml", "azure-pipelines.yml", "noxfile.py")
CI_LINE = re.compile(r"python|envlist|tox|image", re.IGNORECASE)


def read_python(tree: Tree) -> Known[Release] | None:
    """The release named most firmly.

    By a file made to pin it, by a Dockerfile, else the newest that CI or metadata lists.
    """
    for known in (*_pins(tree), *_lists(tree)):
        return known
    return None


def read_range(tree: Tree) -> str:
    """The ``requires-python`` of the project's metadata, ``""`` where it has none."""
    if tree.has("pyproject.toml"):
        table = _toml(tree, "pyproject.toml")
        found = table.get("project", {}).get("requires-python")
        poetry = table.get("tool", {}).get("poetry", {}).get("dependencies", {}).get("python")
        text = found or (poetry.replace("^", ">=") if isinstance(poetry, str) else None)
        if isinstance(text, str):
            return text
    if tree.has("setup.cfg"):
        for section, key, value, _, _ in values(tree.text("setup.cfg")):
            if (section, key) == ("options", "python_requires"):
                return value
    node = arguments(tree.text("setup.py")).get("python_requires") if tree.has("setup.py") else None
    return str(getattr(node, "value", ""))


def allows(python: Release, python_range: str) -> bool:
    """Whether a range admits a Python release; an unreadable range forbids nothing."""
    try:
        return SpecifierSet(python_range).contains(".".join(map(str, python)) + ".99")
    except InvalidSpecifier:
        return True


def _toml(tree: Tree, name: str) -> dict[str, dict[str, dict[str, dict[str, str]]]]:
    try:
        return tomllib.loads(tree.text(name))
    except tomllib.TOMLDecodeError:
        return {}


def _known(tree: Tree, name: str, text: str, why: str, *, certain: bool = True) -> Known[Release]:
    whole = tree.text(name)
    at = whole.find(text)
    place = Place(path=PurePosixPath(name), line=whole.count("\n", 0, at) + 1 if at >= 0 else 0)
    return Known(value=parse_release(text), why=why, place=place, certain=certain)


def _pins(tree: Tree) -> Iterator[Known[Release]]:
    for name in (".python-version", "runtime.txt", ".tool-versions", "Pipfile"):
        if not tree.has(name):
            continue
        lines = [line for line in tree.text(name).splitlines() if name[:2] in (".p", "ru") or "python" in line]
        found = VERSION.search("\n".join(lines))
        if found:
            yield _known(tree, name, found.group(1), f"pinned in {name}")
    for path in (*tree.named("Dockerfile"), *(path for path in tree.files if path.name.startswith("Dockerfile."))):
        found = DOCKER.search(tree.text(path))
        if found:
            yield _known(tree, str(path), found.group(1), f"image in {path}")


def _lists(tree: Tree) -> Iterator[Known[Release]]:
    """The newest of each list; it says the project ran there, which is a guess at what it runs on."""
    for name in CI:
        if tree.has(name):
            lines = "\n".join(line for line in tree.text(name).splitlines() if CI_LINE.search(line) or "- " in line)
            yield from _newest(tree, name, VERSION.findall(lines), "newest in")
    for path in tree.files:
        if path.parent == PurePosixPath(".github/workflows") and path.suffix in (".yml", ".yaml"):
            lines = "\n".join(line for line in tree.text(path).splitlines() if "python" in line.lower() or "- " in line)
            yield from _newest(tree, str(path), VERSION.findall(lines), "newest in")
    for name, value in ini_values(tree, "tox", "envlist"):
        numbers = [f"{digits[0]}.{digits[1:]}" for digits in re.findall(r"\b(?:py)?([23]\d{1,2})\b", value)]
        yield from _newest(tree, name, numbers, "newest tox environment in")
    for name in ("setup.py", "setup.cfg", "pyproject.toml"):
        if tree.has(name):
            yield from _newest(tree, name, CLASSIFIER.findall(tree.text(name)), "newest classifier in")


def _newest(tree: Tree, name: str, texts: list[str], why: str) -> Iterator[Known[Release]]:
    releases = sorted({parse_release(text) for text in texts})
    if releases:
        newest = ".".join(map(str, releases[-1]))
        yield _known(tree, name, newest, f"{why} {name}", certain=False)
