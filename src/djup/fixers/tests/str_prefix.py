"""``str_prefix("%(_)s'a'")`` is ``"'a'"``: texts have no prefix on Python 3."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of
from djup.source.edits import Edit
from djup.source.strings import literal
from djup.source.tree import text_of

_PREFIX = b"%(_)s"


def str_prefix(patch: Patch) -> None:
    """``str_prefix("%(_)s'a'")`` is ``"'a'"``: texts have no prefix on Python 3.

    https://docs.djangoproject.com/en/3.0/releases/3.0/#removed-private-python-2-compatibility-apis
    """
    for node in patch.module.uses("django.test.utils.str_prefix"):
        call = call_of(node)
        one = (
            literal(call.positional[0].node)
            if call is not None and len(call.arguments) == 1 and call.positional
            else None
        )
        if patch.skips(node):
            continue
        if call is None or one is None or text_of(call.positional[0].node).replace(_PREFIX, b"").count(b"%"):
            patch.report(node)
        else:
            text = text_of(call.positional[0].node).replace(_PREFIX, b"")
            patch.edit(Edit(start=call.node.start_byte, end=call.node.end_byte, text=text))
