"""Say ``parent_link=True`` of the one ``OneToOneField`` of a model that leads to the model it derives from."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from djup.facts.project import Facts
from djup.fixers.engine.patch import Patch
from djup.fixers.models.on_delete import RELATION_FIELDS
from djup.source.calls import insert_after
from djup.source.strings import string_value
from djup.source.tree import field, text_of, within


def parent_link(patch: Patch) -> None:
    """Say ``parent_link=True`` of the one ``OneToOneField`` of a model that leads to the model it derives from."""
    for dotted in (one for one in RELATION_FIELDS if one.endswith("OneToOneField")):
        for call in patch.module.calls(dotted):
            owner = within(call.node, "class_definition", "function_definition")
            brackets = field(owner, "superclasses") if owner is not None and owner.type == "class_definition" else None
            target = call.keyword("to") or (call.positional[0] if call.positional else None)
            if brackets is None or target is None or call.unpacks or call.keyword("parent_link") is not None:
                continue
            bases = {text_of(one).decode().rpartition(".")[2] for one in brackets.named_children}
            named = string_value(target.value) or text_of(target.value).decode()
            if named.rpartition(".")[2] in bases and not patch.skips(call.node):
                last = call.arguments[-1].node
                patch.edit(insert_after(patch.module.body, call.brackets, last, "parent_link=True"))


_BASES = re.compile(rb"^[ \t]*class[ \t]+\w+[ \t]*\(([^)]*)\)", re.MULTILINE)
_ONE_TO_ONE = re.compile(rb"(?:OneToOneField\s*\(|\bto\s*=)\s*(?:[uUrR]{0,2}[\"'])?([\w.]+)")
_WORD = re.compile(rb"\w+")


def leads_to_base(body: bytes, _path: PurePosixPath, _facts: Facts) -> bool:
    """Whether a ``OneToOneField`` leads to a class that another one derives from."""
    bases = {word for match in _BASES.finditer(body) for word in _WORD.findall(match[1])}
    return any(target.rpartition(b".")[2] in bases for target in _ONE_TO_ONE.findall(body))
