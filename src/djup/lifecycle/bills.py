"""Bills of materials (CycloneDX and SPDX in JSON) and plain stacks, read as subjects of a checkup."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote

from djup.errors import UsageError
from djup.lifecycle.catalogue import Catalogue, purl_key
from djup.lifecycle.judgement import Kind, Subject
from djup.model import Place

DEEPEST = 50
"""Levels of components within components that are followed."""


class Component(NamedTuple):
    """An entry of a bill."""

    name: str
    version: str
    purl: str


def read_bill(path: Path, catalogue: Catalogue) -> tuple[tuple[Subject, ...], tuple[str, ...]]:
    """Return the subjects of a bill that the catalogue knows by their package URL, and the names of all others.

    Raises UsageError where the file is no CycloneDX or SPDX document in JSON.
    """
    found: dict[tuple[str, str], Subject] = {}
    others: dict[str, None] = {}
    place = Place(path=PurePosixPath(path.as_posix()))
    for component in _components(path):
        product = catalogue.by_purl(component.purl) if component.purl else None
        if product is None:
            others[component.name or component.purl] = None
            continue
        version = component.version or _version_of(component.purl) or None
        why = component.purl or component.name
        subject = Subject(
            product=product.name, title=product.title, version=version, kind=kind_of(product.name), place=place, why=why
        )
        found.setdefault((product.name, version or ""), subject)
    return tuple(found.values()), tuple(others)


def read_stack(path: Path, catalogue: Catalogue) -> tuple[tuple[Subject, ...], tuple[str, ...]]:
    """Return the subjects of a stack file: a table of product names and versions, in TOML or JSON.

    Names are those of products, their aliases, or packages. Raises UsageError where it is none.
    """
    table = _json(path) if path.suffix == ".json" else _toml(path)
    place = Place(path=PurePosixPath(path.as_posix()))
    found, others = [], []
    for name, version in table.items():
        if not isinstance(version, str | int | float) or isinstance(version, bool):
            raise UsageError(f"the version of '{name}' is no text.", path=path, hint=f'Write {name} = "4.2.7".')
        if isinstance(version, float):
            raise UsageError(
                f"the version of '{name}' is a number, and 4.10 would be 4.1.", path=path, hint="Put it in quotes."
            )
        product = catalogue.get(name) or catalogue.by_purl(f"pkg:pypi/{name}")
        if product is None:
            others.append(name)
            continue
        found.append(
            Subject(
                product=product.name,
                title=product.title,
                version=str(version),
                kind=kind_of(product.name),
                place=place,
                why=name,
            )
        )
    return tuple(found), tuple(others)


def kind_of(product: str) -> Kind:
    """Whether a product is a runtime, a database server or a package."""
    if product in {"python", "django"}:
        return "runtime"
    servers = {"postgresql", "mysql", "mariadb", "sqlite", "oracle-database"}
    return "database" if product in servers else "package"


def _components(path: Path) -> Iterator[Component]:
    document = _json(path)
    if document.get("bomFormat") == "CycloneDX" or "components" in document:
        subject = document.get("metadata")
        top = subject.get("component") if isinstance(subject, dict) else None
        yield from _cyclonedx([*([top] if isinstance(top, dict) else []), *_maps(document.get("components"))], 0)
    elif str(document.get("spdxVersion", "")).startswith("SPDX-"):
        yield from map(_spdx2, _maps(document.get("packages")))
    elif "@graph" in document:
        yield from (_spdx3(one) for one in _maps(document["@graph"]) if str(one.get("type", "")).endswith("Package"))
    else:
        raise UsageError("this is neither CycloneDX nor SPDX.", path=path, hint="Both are read in their JSON form.")


def _cyclonedx(components: Sequence[Mapping[str, Any]], depth: int) -> Iterator[Component]:
    for one in components:
        yield Component(_text(one, "name"), _text(one, "version"), _text(one, "purl"))
        if depth < DEEPEST:
            yield from _cyclonedx(_maps(one.get("components")), depth + 1)


def _spdx2(one: Mapping[str, Any]) -> Component:
    references = _maps(one.get("externalRefs"))
    purls = [_text(ref, "referenceLocator") for ref in references if ref.get("referenceType") == "purl"]
    return Component(_text(one, "name"), _text(one, "versionInfo"), purls[0] if purls else "")


def _spdx3(one: Mapping[str, Any]) -> Component:
    names = _maps(one.get("externalIdentifier"))
    purls = [_text(name, "identifier") for name in names if name.get("externalIdentifierType") == "packageUrl"]
    purl = _text(one, "software_packageUrl") or (purls[0] if purls else "")
    return Component(_text(one, "name"), _text(one, "software_packageVersion"), purl)


def _version_of(purl: str) -> str:
    """The version in a package URL, ``""`` where it has none."""
    rest = purl.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
    name, sign, version = rest.rpartition("@")
    return unquote(version) if sign and purl_key(name) else ""


def _maps(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(one: Mapping[str, Any], key: str) -> str:
    value = one.get(key)
    return value if isinstance(value, str) else ""


def _json(path: Path) -> Mapping[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"this is not JSON: {error}.", path=path, hint="Give a bill or a stack in JSON.") from error
    if not isinstance(document, dict):
        raise UsageError("this is no JSON object.", path=path, hint="Give a bill or a stack in JSON.")
    return document


def _toml(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UsageError(
            f"this is not TOML: {error}.", path=path, hint='Write lines such as django = "4.2.7".'
        ) from error
