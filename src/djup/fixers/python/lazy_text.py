"""``string_concat(a, b)`` is ``format_lazy("{}{}", a, b)``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of
from djup.source.edits import Edit
from djup.source.tree import text_of


def string_concat(patch: Patch) -> None:
    """``string_concat(a, b)`` is ``format_lazy("{}{}", a, b)``."""
    for node in patch.module.uses("django.utils.translation.string_concat"):
        call = call_of(node)
        if patch.skips(node):
            continue
        if call is None or call.unpacks or not call.positional or len(call.positional) != len(call.arguments):
            patch.report(node)
            continue
        format_lazy = patch.need("django.utils.text", "format_lazy", node)
        patch.replace(node, format_lazy)
        first = call.arguments[0].node.start_byte
        patch.edit(Edit(start=first, end=first, text=f'"{"{}" * len(call.arguments)}", '.encode()))


def allow_lazy(patch: Patch) -> None:
    """``allow_lazy(f, str)`` is ``keep_lazy(str)(f)``."""
    for node in patch.module.uses("django.utils.functional.allow_lazy"):
        call = call_of(node)
        if patch.skips(node):
            continue
        if call is None or call.unpacks or len(call.positional) < 2 or len(call.arguments) != len(call.positional):  # noqa: PLR2004  # a function and what it returns
            patch.report(node)
            continue
        function, *kinds = [text_of(one.value).decode() for one in call.positional]
        keep_lazy = patch.need("django.utils.functional", "keep_lazy", node)
        patch.replace(call.node, f"{keep_lazy}({', '.join(kinds)})({function})")
