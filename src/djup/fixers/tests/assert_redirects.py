"""Point at redirects that are expected at the address of the test server."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of
from djup.source.edits import Edit
from djup.source.strings import literal, string_value
from djup.source.tree import field, text_of, walk, within

_OWN_HOST = re.compile(r"https?://testserver/")


def absolute_redirects(patch: Patch) -> None:
    """Point at redirects that are expected at the address of the test server."""
    for call in patch.module.calls(".assertRedirects"):
        expected = call.keyword("expected_url") or (call.positional[1] if len(call.positional) > 1 else None)
        if expected is not None and _OWN_HOST.match(string_value(expected.value) or ""):
            patch.report(expected.node)


_HOST = "http://testserver"
_EQUAL = {b"assertEqual", b"assertEquals"}


def relative_redirects(patch: Patch) -> None:
    """The host of the test client goes from what ``assertRedirects()`` and comparisons of ``Location`` expect.

    https://docs.djangoproject.com/en/1.9/releases/1.9/#http-redirects-no-longer-forced-to-absolute-uris
    """
    position = patch.module.body.find(_HOST.encode())
    while position >= 0:
        found = patch.module.tree.root_node.descendant_for_byte_range(position, position + len(_HOST))
        position = patch.module.body.find(_HOST.encode(), position + 1)
        node = within(found, "string") if found is not None else None
        one = literal(node) if node is not None else None
        if node is None or one is None or patch.skips(node) or not one.value.startswith(_HOST):
            continue
        after = one.value[len(_HOST) :]
        if _is_expected(node) and (not after or after.startswith("/")):
            patch.edit(Edit(start=one.content_start, end=one.content_start + len(_HOST), text=b""))


def _is_expected(node: Node) -> bool:
    """Whether a string is part of what a redirect is compared with."""
    call = within(node, "call")
    while call is not None:
        function = field(call, "function")
        name = text_of(field(function, "attribute")) if function is not None else b""
        if name == b"assertRedirects":
            return True
        if name in _EQUAL and function is not None and call_of(function) is not None:
            return any(
                one.type == "subscript" and text_of(one).lower().endswith((b"'location']", b'"location"]'))
                for one in walk(call)
            )
        call = within(call.parent, "call") if call.parent is not None else None
    return False
