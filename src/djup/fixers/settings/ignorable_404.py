"""Starts and ends of addresses become regular expressions, in the place of the first of both settings."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import assigned
from djup.fixers.syntax.statements import drop_statement
from djup.source.strings import string_value
from djup.source.text import line_end

_IGNORABLE = ("IGNORABLE_404_STARTS", "IGNORABLE_404_ENDS")


def ignorable_404(patch: Patch) -> None:
    """Starts and ends of addresses become regular expressions, in the place of the first of both settings.

    https://docs.djangoproject.com/en/1.8/releases/1.4/#ignorable-404-starts-and-ends
    """
    found = [pair for name in _IGNORABLE for pair in assigned(patch, name)]
    texts = [
        _pattern(node, name) for name in _IGNORABLE for _, value in assigned(patch, name) for node in _items(value)
    ]
    plain = all(value.type in {"list", "tuple"} for _, value in found) and None not in texts
    if not found or not plain or patch.module.assignments("IGNORABLE_404_URLS"):
        return
    compile_ = f"{patch.need('', 're', found[0][0])}.compile"
    newline = line_end(patch.module.body).decode()
    lines = "".join(f"    {compile_}({text}),{newline}" for text in texts)
    first, *others = sorted((one for one, _ in found), key=lambda one: one.start_byte)
    patch.replace(first, f"IGNORABLE_404_URLS = ({newline}{lines})")
    for one in others:
        drop_statement(patch, one)


def _items(value: Node) -> list[Node]:
    return [one for one in value.named_children if one.type != "comment"]


def _pattern(node: Node, setting: str) -> str | None:
    """The regular expression for a start or an end of an address; None where it is not written out."""
    text = string_value(node)
    if text is None or '"' in text:
        return None
    return f'r"^{re.escape(text)}"' if setting.endswith("STARTS") else f'r"{re.escape(text)}$"'
