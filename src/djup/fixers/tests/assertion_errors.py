"""Expect the new error where the text of the old one is written out."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source import tree as syntax
from djup.source.calls import Call
from djup.source.strings import string_value
from djup.source.tree import field, text_of

_RAISES = ("assertRaisesMessage", "assertRaisesRegex", "assertRaises")
_ERRORS = {
    "Cannot filter a query once a slice has been taken": "TypeError",
    "Cannot reorder a query once a slice has been taken": "TypeError",
    "Cannot combine queries once a slice has been taken": "TypeError",
    "Cannot change a query once a slice has been taken": "TypeError",
    "Cannot change the query once a slice has been taken": "TypeError",
    "Cannot use 'limit' or 'offset' with delete": "TypeError",
    "The name must be given to delete()": "ValueError",
}


def assertion_errors(patch: Patch) -> None:
    """Expect the new error where the text of the old one is written out.

    https://docs.djangoproject.com/en/4.0/releases/4.0/#miscellaneous
    """
    for call in (one for name in _RAISES for one in patch.module.calls(f".{name}")):
        if not call.positional or text_of(call.positional[0].value) != b"AssertionError" or patch.skips(call.node):
            continue
        text = string_value(call.positional[1].value) if len(call.positional) > 1 else None
        new = next((error for said, error in _ERRORS.items() if text and text.startswith(said)), None)
        if new is not None:
            patch.replace(call.positional[0].value, new)
        elif text is None and _slices(call):
            patch.report(call.node)


def _slices(call: Call) -> bool:
    """Whether what may raise slices something."""
    block = syntax.within(call.node, "with_statement")
    body = field(block, "body") if block is not None else None
    return body is not None and any(one.type == "slice" for one in syntax.walk(body))
