"""environment.yml of conda: its packages, and those it leaves to pip.

Its own packages are in the group ``conda``: their names are those of conda's channels, and not all are Python's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import yaml
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from yaml import MappingNode, MarkedYAMLError, Node, ScalarNode, SequenceNode

from djup.errors import UsageError
from djup.model import Requirement
from djup.project.manifests.inline import place_at
from djup.project.manifests.spots import Spot, Spotted, inline_spot, restyled
from djup.project.manifests.style import restyle

NAME = "conda"

MATCH = re.compile(r"(?:[\w./-]+::)?(?P<name>[A-Za-z0-9_][\w.-]*)(?:\[[^\]]*\])?\s*(?P<version>[=<>!~ 0-9*][^#]*)?$")
EXACT = 2
"""Dots of a version that leaves nothing open, so that one equals sign names it alone."""

NOT_PACKAGES = frozenset({"python", "pip"})


def is_one(path: PurePosixPath) -> bool:
    """Whether a file is one by its name: environment.yml, environment-dev.yaml, conda.yml and the like."""
    return path.suffix in (".yml", ".yaml") and bool(re.match(r"(environment|conda|env)\b", path.stem))


def spots(text: str, path: PurePosixPath) -> Iterator[Spot]:
    """The packages of ``dependencies``; a file without such a list declares none."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except MarkedYAMLError as error:
        number = error.problem_mark.line + 1 if error.problem_mark else 0
        problem = f"this is not YAML: {error.problem}."
        raise UsageError(problem, path=str(path), line=number, hint="Mend it.") from error
    for node in _items(root, "dependencies"):
        if isinstance(node, ScalarNode):
            spot = _of_conda(text, node, path)
            if spot is not None:
                yield spot
        for line in _items(node, "pip"):
            if isinstance(line, ScalarNode):
                start, end = _span(text, line)
                found = inline_spot(text, (start, end), text[start:end], path, group="", layout="line")
                if found is not None:
                    yield found


def _items(node: Node | None, key: str) -> list[Node]:
    """The items of the list at a key of a mapping; none for anything else."""
    if isinstance(node, MappingNode):
        for name, value in node.value:
            if isinstance(name, ScalarNode) and name.value == key and isinstance(value, SequenceNode):
                return list(value.value)
    return []


def _span(text: str, node: ScalarNode) -> tuple[int, int]:
    """Where a scalar is written, without its quotes."""
    start, end = node.start_mark.index, node.end_mark.index
    return (start + 1, end - 1) if text[start : start + 1] in ("'", '"') else (start, end)


def _of_conda(text: str, node: ScalarNode, path: PurePosixPath) -> Spot | None:
    start, end = _span(text, node)
    raw = text[start:end]
    found = MATCH.match(raw)
    if found is None or found.group("name") in NOT_PACKAGES:
        return None
    written = (found.group("version") or "").strip()
    at = start + (found.start("version") if written else found.end("name"))
    if written:
        at += len(found.group("version")) - len(found.group("version").lstrip())
    return Spot(
        requirement=Requirement(
            name=canonicalize_name(found.group("name")),
            specifier=to_pep440(written),
            written=written,
            place=place_at(text, start, path),
            line_text=raw,
            group=NAME,
        ),
        name=(start + found.start("name"), start + found.end("name")),
        version=None if "[" in raw else (at, at + len(written)),
        whole=(start, end),
        layout="line",
    )


def to_pep440(written: str) -> str:
    """The meaning of a conda version part.

    ``=2.2`` is ``==2.2.*``; ``=2.2.5``, ``==2.2`` and ``=2.2=py38_0`` name one version. Of alternatives
    (``2.2|3.0``) nothing is said.
    """
    clauses = []
    for part in written.split(","):
        operator, version = _parts(part)
        if not version or "|" in version:
            continue
        if operator == "=" and not version.endswith("*") and version.count(".") < EXACT:
            clauses.append(f"=={version}.*")
        elif operator in ("", "="):
            clauses.append(f"=={version}")
        elif operator in (">", ">=") or not version.endswith("*"):
            clauses.append(operator + version.removesuffix(".*"))
        else:
            clauses.append(operator + version)
    return ",".join(clauses)


def _parts(clause: str) -> tuple[str, str]:
    """The operator and version of a clause, without conda's build string."""
    stripped = clause.strip()
    operator = re.match(r"[=<>!~]*", stripped)
    assert operator is not None  # noqa: S101  # the pattern matches the empty string
    rest = stripped[operator.end() :].strip()
    version, build = re.split(r"[= ]", rest + "=", maxsplit=1)
    return ("==" if operator.group() == "=" and build.strip("= ") else operator.group()), version


def restyle_conda(requirement: Requirement, version: str) -> str:
    """The version part for a version: ``=2.2`` gives ``=3.0`` for 3.0.14; a build string goes with its version."""
    if requirement.line_text and not requirement.written:
        return restyled(requirement, version)
    operator, old = _parts(requirement.written)
    if operator not in ("=", "==", "") or "," in requirement.written:
        return restyle(requirement.specifier, version)
    if operator == "=" and SpecifierSet(requirement.specifier).contains(version, prereleases=True):
        return requirement.written
    if operator == "=" or old.endswith("*"):
        parts = old.removesuffix(".*").count(".") + 1
        numbers = [*Version(version).release, 0, 0][:parts]
        return operator + ".".join(map(str, numbers)) + (".*" if old.endswith("*") else "")
    build = requirement.written.removeprefix("==").removeprefix("=").strip().count("=")
    sign = "=" if build and not requirement.written.startswith("==") else operator
    return f"{sign}{version}"


FORMAT = Spotted(NAME=NAME, is_one=is_one, spots=spots, restyled=restyle_conda)
