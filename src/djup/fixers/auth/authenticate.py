"""Authentication backends of a project's own: ``authenticate()`` gets the request first.

https://docs.djangoproject.com/en/1.11/releases/1.11/#miscellaneous-1
"""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import class_of
from djup.knowledge.search import has_base, parameter_name, parameters_in
from djup.source.calls import Call
from djup.source.edits import Edit
from djup.source.tree import field, text_of

_BACKEND = re.compile(rb"[Bb]ackend(?:\(\))?$")
_REQUEST = {b"None", b"request", b"self.request", b"self._request", b"rf", b"HttpRequest()"}


def backend_request(patch: Patch) -> None:
    """Let ``authenticate()`` of a backend take the request, and give it where code calls a backend itself."""
    changed: list[Node] = []
    for definition in patch.module.methods("authenticate"):
        owner, parameters = class_of(definition), field(definition, "parameters")
        if owner is None or parameters is None or patch.skips(definition) or not _is_backend(patch, owner):
            continue
        given = parameters_in(parameters)
        names = [parameter_name(one) for one in given]
        if len(names) < 2 or names[1] == "request" or names[0] != "self":  # noqa: PLR2004  # self and a credential
            continue
        if "request" in names or names[1].startswith("*args"):
            patch.report(definition)
            continue
        patch.edit(Edit(start=given[1].start_byte, end=given[1].start_byte, text=b"request, "))
        changed.append(definition)
    for call in patch.module.calls(".authenticate"):
        _in_call(patch, call, changed)


def _is_backend(patch: Patch, owner: Node) -> bool:
    if text_of(field(owner, "name")).endswith(b"Backend") or has_base(patch.module, owner, ("Backend",)):
        return b"def get_user(" in text_of(owner) or has_base(patch.module, owner, ("Backend",))
    return False


def _in_call(patch: Patch, call: Call, changed: list[Node]) -> None:
    receiver = text_of(field(call.function, "object"))
    inside = any(one.start_byte <= call.node.start_byte < one.end_byte for one in changed)
    through_super = receiver.startswith(b"super(") and inside
    if call.unpacks and not through_super:
        return
    if not through_super and not _BACKEND.search(receiver):
        return
    first = call.arguments[0] if call.arguments else None
    if first is None or first.stars == "*" or call.keyword("request") is not None or patch.skips(call.node):
        return
    if not first.name and text_of(first.value) in _REQUEST:
        return
    text = "request, " if through_super else "None, "
    patch.edit(Edit(start=first.node.start_byte, end=first.node.start_byte, text=text.encode()))
