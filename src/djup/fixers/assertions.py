"""Assertions of Django's test cases that take other arguments now."""

from __future__ import annotations

import re

from djup.fixers.patch import Patch
from djup.source.edits import Edit
from djup.source.strings import string_value
from djup.source.tree import text_of

_OWN_HOST = re.compile(r"https?://testserver/")


def absolute_redirects(patch: Patch) -> None:
    """Point at redirects that are expected at the address of the test server."""
    for call in patch.module.calls(".assertRedirects"):
        expected = call.keyword("expected_url") or (call.positional[1] if len(call.positional) > 1 else None)
        if expected is not None and _OWN_HOST.match(string_value(expected.value) or ""):
            patch.report(expected.node)


def raises_callable(patch: Patch) -> None:
    """``assertRaisesMessage(Error, "no", callable_obj=work)`` is ``assertRaisesMessage(Error, "no", work)``."""
    for call in patch.module.calls(".assertRaisesMessage"):
        named = call.keyword("callable_obj")
        if named is None or patch.skips(call.node):
            continue
        before = call.arguments[: call.arguments.index(named)]
        if len(before) == 2 and not any(one.name or one.stars for one in before):  # noqa: PLR2004  # error, message
            patch.edit(Edit(start=named.node.start_byte, end=named.value.start_byte, text=b""))
        else:
            patch.report(call.node)


def feed_enclosure(patch: Patch) -> None:
    """``add_item(…, enclosure=x)`` of a feed is ``add_item(…, enclosures=[x])``."""
    for call in patch.module.calls(".add_item"):
        named = call.keyword("enclosure")
        if named is None or patch.skips(call.node):
            continue
        if call.keyword("enclosures") is not None:
            patch.report(call.node)
        else:
            patch.replace(named.node, f"enclosures=[{text_of(named.value).decode()}]")
