"""Keys of DATABASES."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.patch import Patch
from djup.source import tree as syntax
from djup.source.calls import remove_item
from djup.source.strings import string_value
from djup.source.tree import field


def test_serialize(patch: Patch) -> None:
    """Take ``SERIALIZE`` out of ``TEST``.

    https://docs.djangoproject.com/en/4.0/releases/4.0/#features-deprecated-in-4-0
    """
    for pair in _pairs(patch, "SERIALIZE"):
        table = pair.parent
        holder = table.parent if table is not None else None
        if table is None or holder is None or holder.type != "pair" or patch.skips(pair):
            continue
        if string_value(field(holder, "key")) == "TEST":
            patch.edit(remove_item(patch.module.body, table, pair))


def mysql_charset(patch: Patch) -> None:
    """Point at MySQL databases that do not name a character set."""
    for pair in _pairs(patch, "ENGINE"):
        table = pair.parent
        engine = string_value(field(pair, "value")) or ""
        if table is None or not engine.endswith(".mysql"):
            continue
        keys = [string_value(field(one, "key")) for one in syntax.walk(table) if one.type == "pair"]
        if "charset" not in keys:
            patch.report(pair)


def _pairs(patch: Patch, key: str) -> list[Node]:
    """The items of dictionaries with that key."""
    pairs = [node.parent for node in patch.module.strings(key)]
    return [one for one in pairs if one is not None and one.type == "pair" and string_value(field(one, "key")) == key]
