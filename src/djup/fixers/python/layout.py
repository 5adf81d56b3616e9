"""What Python 2 let stand in a file and Python 3 does not read: tabs among spaces, raw texts of Unicode."""

from __future__ import annotations

import ast
import re
import warnings

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.edits import Edit
from djup.source.tree import text_of, within

_INDENT = re.compile(rb"^[ \t]*\t[ \t]*(?=[^\s#])", re.MULTILINE)
_RAW = re.compile(rb"\b[uU][rR](?=['\"])")
_BACKSLASH = re.compile(r"\\(?!u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})")
TAB = 8
"""The columns that Python 2 took a tab for."""


def tabs(patch: Patch) -> None:
    """Indent by spaces alone where tabs and spaces are mixed so that Python 3 cannot tell what belongs together."""
    body = patch.module.body
    if not _is_mixed(body):
        return
    for match in _INDENT.finditer(body):
        node = patch.module.tree.root_node.descendant_for_byte_range(match.end() - 1, match.end())
        if node is not None and node.type != "string_content" and within(node, "string") is None:
            patch.edit(Edit(start=match.start(), end=match.end(), text=match[0].expandtabs(TAB)))


def _is_mixed(body: bytes) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(body)
    except TabError:
        return True
    except (SyntaxError, ValueError):
        return False
    return False


def raw_unicode(patch: Patch) -> None:
    r"""``ur"\d"`` is ``r"\d"``; one with escapes of characters is no longer raw.

    https://docs.python.org/3/whatsnew/3.0.html#text-vs-data-instead-of-unicode-vs-8-bit
    """
    for match in _RAW.finditer(patch.module.body):
        node = patch.module.tree.root_node.descendant_for_byte_range(match.start(), match.end())
        string = _string(node)
        if string is None or string.start_byte != match.start() or patch.skips(string):
            continue
        text = text_of(string).decode()
        if "\\u" in text or "\\U" in text:
            patch.replace(string, "u" + _BACKSLASH.sub(r"\\\\", text[2:]))
        else:
            patch.replace(string, "r" + text[2:])


def _string(node: Node | None) -> Node | None:
    return node if node is None or node.type == "string" else within(node, "string")
