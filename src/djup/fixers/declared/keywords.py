"""Keyword arguments that were renamed or taken away."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.knowledge.changes import Keyword, Positional
from djup.knowledge.search import positional_calls
from djup.source.calls import Call, remove_item, rename_keyword
from djup.source.edits import Edit
from djup.source.tree import field, text_of

_NUMBERS = {"max_length", "min_length", "max_value", "min_value"}
_TRANSLATES = {b"_", b"gettext", b"gettext_lazy", b"ugettext", b"ugettext_lazy", b"pgettext", b"pgettext_lazy"}


def keywords(patch: Patch) -> None:
    """Carry out ``[[change.keywords]]`` in every call of the callables they name."""
    for keyword in patch.change.keywords:
        for call in patch.module.calls(keyword.call):
            if not patch.skips(call.node):
                _in_call(patch, call, keyword)
    for positional in patch.change.positional:
        for call in positional_calls(positional, patch.module):
            if not patch.skips(call.node):
                _by_keyword(patch, call, positional)


def _in_call(patch: Patch, call: Call, keyword: Keyword) -> None:
    named = call.keyword(keyword.old)
    if named is not None and keyword.values and text_of(named.value).decode() not in keyword.values:
        return
    if named is not None:
        if keyword.new and call.keyword(keyword.new) is None:
            patch.edit(rename_keyword(named, keyword.new))
        elif not keyword.new:
            patch.edit(remove_item(patch.module.body, call.brackets, named.node))
        else:
            patch.report(named.node)
        return
    if keyword.new or keyword.position < 0 or len(call.positional) <= keyword.position:
        return
    if len(call.positional) == keyword.position + 1 and not any(one.stars == "*" for one in call.arguments):
        patch.edit(remove_item(patch.module.body, call.brackets, call.positional[keyword.position].node))
    else:
        patch.report(call.positional[keyword.position].node)


def _by_keyword(patch: Patch, call: Call, positional: Positional) -> None:
    """Put the keyword before each argument that may no longer stand without it."""
    late = call.positional[positional.keep :]
    if any(one.stars == "*" for one in call.arguments) or len(call.positional) > len(positional.names):
        patch.report(late[0].node)
        return
    for place, one in enumerate(late, positional.keep):
        name = positional.names[place]
        if name in _NUMBERS and _is_text(one.value):
            if call.keyword("label") is not None or len(late) > 1:
                patch.report(one.node)
                return
            name = "label"  # what is a text there was meant for one; as a number it fails
        patch.edit(Edit(start=one.node.start_byte, end=one.node.start_byte, text=f"{name}=".encode()))


def _is_text(value: Node) -> bool:
    """Whether an argument is a text, or the translation of one."""
    if value.type in {"string", "concatenated_string"}:
        return True
    return value.type == "call" and text_of(field(value, "function")).rpartition(b".")[2] in _TRANSLATES
