"""The files that name the Python a project runs on, raised with it: pins, and the range of the metadata."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from djup.model import Record, Release, parse_release, release_text
from djup.project.manifests.ini_lines import lines
from djup.project.manifests.places import toml_leaves
from djup.project.manifests.poetry_syntax import restyle_constraint
from djup.project.manifests.style import restyle
from djup.project.pythons import allows

LOWER = re.compile(r"(?P<sign>>=|~=|\^|~)(?P<gap>\s*)(?P<version>\d+(?:\.\d+){0,2})")
NUMBER = re.compile(r"(?<![\d.])(?P<version>[23]\.\d{1,2}(?:\.\d+)?)(?![\d.])")


class NewPython(Record):
    """The Python a hop ends on, and the lowest its Django runs on; ``version`` is exact, such as ``3.12.1``."""

    version: str
    lowest: Release

    @property
    def release(self) -> Release:
        """The release of the version."""
        return parse_release(self.version)


def raise_python(path: PurePosixPath, text: str, python: NewPython) -> str:
    """Return the text of a file with the Python it names raised; unchanged where it names none that is too old.

    Knows .python-version, runtime.txt, .tool-versions, Pipfile, pyproject.toml, setup.cfg and setup.py.
    """
    change = FILES.get(path.name)
    return change(text, path, python) if change else text


def raised_range(written: str, python: NewPython) -> str:
    """Return a range that admits the new Python and nothing below the lowest, in its own manner and syntax."""
    new = written
    if not allows(python.release, _meaning(written)):
        restyled = restyle_constraint if re.match(r"\s*[\^~](?!=)", written) else restyle
        new = restyled(written, release_text(python.release))
    return LOWER.sub(lambda found: _lower(found, python.lowest), new)


def _meaning(written: str) -> str:
    return re.sub(r"\^(\d+)(\S*)", lambda found: f">={found[1]}{found[2]},<{int(found[1]) + 1}", written)


def _lower(found: re.Match[str], lowest: Release) -> str:
    version = found["version"]
    too_low = tuple(map(int, version.split("."))) < lowest and version.count(".") > 0
    return found["sign"] + found["gap"] + (release_text(lowest) if too_low else version)


def _pin(text: str, _path: PurePosixPath, python: NewPython) -> str:
    """The first version of a file made to pin one; where the new release is named already nothing changes."""
    found = list(NUMBER.finditer(_without_comments(text)))
    if not found or any(parse_release(match["version"]) >= python.release for match in found):
        return text
    return _replaced(text, found[0].span(), _as_long(found[0]["version"], python))


def _tool_versions(text: str, _path: PurePosixPath, python: NewPython) -> str:
    found = re.search(r"^python[ \t]+(\d+\.\d+(?:\.\d+)?)", text, re.MULTILINE)
    if found is None or parse_release(found[1]) >= python.release:
        return text
    return _replaced(text, found.span(1), _as_long(found[1], python))


def _pipfile(text: str, path: PurePosixPath, python: NewPython) -> str:
    for leaf in toml_leaves(text, path):
        is_pin = leaf.keys in (("requires", "python_version"), ("requires", "python_full_version"))
        if is_pin and NUMBER.fullmatch(leaf.value) and parse_release(leaf.value) < python.release:
            return _replaced(text, (leaf.start, leaf.end), _as_long(leaf.value, python))
    return text


def _pyproject(text: str, path: PurePosixPath, python: NewPython) -> str:
    keys = (("project", "requires-python"), ("tool", "poetry", "dependencies", "python"))
    leaves = [leaf for leaf in toml_leaves(text, path) if leaf.keys in keys]
    for leaf in reversed(leaves):
        text = _replaced(text, (leaf.start, leaf.end), raised_range(leaf.value, python))
    return text


def _setup_cfg(text: str, _path: PurePosixPath, python: NewPython) -> str:
    for line in lines(text):
        if line.section == "options" and line.key.replace("-", "_") == "python_requires":
            return _replaced(text, (line.start, line.start + len(line.text)), raised_range(line.text, python))
    return text


def _setup_py(text: str, _path: PurePosixPath, python: NewPython) -> str:
    found = re.search(r"\bpython_requires\s*=\s*(['\"])([^'\"]*)\1", text)
    return _replaced(text, found.span(2), raised_range(found[2], python)) if found else text


def _as_long(old: str, python: NewPython) -> str:
    """The new version with a patch where the old one had one."""
    return python.version if old.count(".") > 1 else release_text(python.release)


def _without_comments(text: str) -> str:
    """The text with its comments blanked, every offset as it was."""
    return re.sub(r"#.*", lambda found: " " * len(found[0]), text)


def _replaced(text: str, span: tuple[int, int], new: str) -> str:
    return text[: span[0]] + new + text[span[1] :]


FILES: dict[str, Callable[[str, PurePosixPath, NewPython], str]] = {
    ".python-version": _pin,
    "runtime.txt": _pin,
    ".tool-versions": _tool_versions,
    "Pipfile": _pipfile,
    "pyproject.toml": _pyproject,
    "setup.cfg": _setup_cfg,
    "setup.py": _setup_py,
}
"""The files that name a Python, at the root of a project."""
