"""Private names of model fields that have another form now.

https://docs.djangoproject.com/en/5.1/releases/5.1/#features-deprecated-in-5-1
"""

from __future__ import annotations

from djup.fixers.engine.patch import Patch, receiver_of
from djup.fixers.syntax.classes import returns
from djup.source.calls import call_of
from djup.source.edits import Edit
from djup.source.text import line_end
from djup.source.tree import field, text_of

_JOINING = {"get_joining_columns": "get_joining_fields", "get_reverse_joining_columns": "get_reverse_joining_fields"}


def cache_name(patch: Patch) -> None:
    """``field.get_cache_name()`` is ``field.cache_name``; an override that returns something is that property."""
    for node in patch.module.attributes("get_cache_name"):
        call = call_of(node)
        if call is None or call.arguments:
            patch.report(node)
        elif not patch.skips(node):
            patch.replace(call.node, f"{receiver_of(node)}.cache_name")
    for definition in patch.module.methods("get_cache_name"):
        name = field(definition, "name")
        if name is None or patch.skips(definition) or text_of(field(definition, "parameters")) != b"(self)":
            continue
        if not any(one.named_children for one in returns(definition)):
            patch.report(definition)
            continue
        decorator = patch.need("django.utils.functional", "cached_property", definition)
        indent = patch.module.body[: definition.start_byte].rpartition(b"\n")[2].decode()
        text = f"@{decorator}{line_end(patch.module.body).decode()}{indent}"
        patch.edit(Edit(start=definition.start_byte, end=definition.start_byte, text=text.encode()))
        patch.replace(name, "cache_name")


def joining_fields(patch: Patch) -> None:
    """``field.get_joining_columns()`` are the columns of ``field.get_joining_fields()`` (related.py of 5.0)."""
    for old, new in _JOINING.items():
        for node in patch.module.attributes(old):
            call = call_of(node)
            if call is None or call.arguments or receiver_of(node).startswith("super("):
                patch.report(node)
            elif not patch.skips(node):
                pairs = f"{receiver_of(node)}.{new}()"
                patch.replace(call.node, f"tuple((left.column, right.column) for left, right in {pairs})")
