"""``response.template`` was the only template, or the list of all (test/client.py of 1.4)."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch, receiver_of
from djup.source.tree import field, text_of

_RESPONSES = {"response", "resp", "self.response"}


def response_template(patch: Patch) -> None:
    """``response.template`` was the only template, or the list of all (test/client.py of 1.4).

    Where it is asked for its name, or for one of the list, it is an entry of ``response.templates``.
    """
    for node in patch.module.attributes("template"):
        outer, name = node.parent, field(node, "attribute")
        if outer is None or name is None or receiver_of(node) not in _RESPONSES or patch.skips(node):
            continue
        if outer.type == "subscript" and field(outer, "value") == node:
            patch.replace(name, "templates")
        elif outer.type == "attribute" and text_of(field(outer, "attribute")) == b"name":
            patch.replace(name, "templates[0]")
