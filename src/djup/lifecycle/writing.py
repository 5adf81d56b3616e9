"""Writing a page in today's spelling: one way, one order, so that two writers give the same bytes."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from typing import Any

import msgspec
import yaml
from msgspec import UNSET

from djup.lifecycle.days import is_exact
from djup.lifecycle.models import Auto, Product, ProductRelease
from djup.lifecycle.pages import DATES
from djup.model import Record

VERSIONS = frozenset({"releaseCycle", "latest"})
ALWAYS = frozenset({"title", "category", "permalink", "releaseCycle"})
LISTS = ("customFields", "identifiers", "auto", "releases")


class _Quoted(str):
    """A text that is written in double quotes: a version, which no reader may take for a number."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Writes lists indented below their key, versions quoted, and texts of several lines as blocks."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002  # refused
        """Indent lists too."""
        super().increase_indent(flow, indentless=False)


def _quoted(dumper: yaml.SafeDumper, text: _Quoted) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(_Quoted, _quoted)
_Dumper.add_representer(str, _text)


def write_page(product: Product, body: str) -> str:
    """Return the page of a product, as text; reading it gives the product again."""
    sections = [_yaml({key: value for key, value in _given(product).items() if key not in LISTS})]
    if product.custom_fields:
        sections.append(_yaml({"customFields": [_given(field) for field in product.custom_fields]}))
    if product.identifiers:
        sections.append(_yaml({"identifiers": [dict(one) for one in product.identifiers]}))
    if product.auto != Auto():
        sections.append(_yaml({"auto": _flags(product)}))
    rows = [textwrap.indent(_yaml([_release(release)]), "  ") for release in product.releases]
    releases = "releases:\n" + "\n".join(rows) if rows else "releases: []\n"
    return "---\n" + "\n".join([*sections, releases]) + "\n---\n\n" + body.strip() + "\n"


def _flags(product: Product) -> dict[str, Any]:
    """The automation's yes-or-no keys only where they are yes, and before the methods."""
    given = {name: True for name in ("cumulative", "disabled") if getattr(product.auto, name)}
    return {**given, "methods": [dict(method) for method in product.auto.methods]}


def _release(release: ProductRelease) -> dict[str, Any]:
    return {**{key: value for key, value in _given(release).items() if key != "custom"}, **release.custom}


def _given(record: Record) -> dict[str, Any]:
    """The keys of a record that say something: those that are not what they would be by default."""
    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(type(record)):
        key, value = field.encode_name, getattr(record, field.name)
        if value is UNSET or (value == field.default and key not in ALWAYS):
            continue
        found[key] = _writable(key, value)
    return found


def _writable(key: str, value: object) -> object:
    if isinstance(value, str) and key in DATES and is_exact(value):
        return dt.date.fromisoformat(value)
    if isinstance(value, str) and key in VERSIONS:
        return _Quoted(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return list(value)
    return value


def _yaml(value: object) -> str:
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)
