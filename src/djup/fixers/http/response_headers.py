"""``response._headers["location"][1]`` is ``response["location"]``; other uses of the pairs are a person's."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch, receiver_of
from djup.source.tree import field, text_of


def response_headers(patch: Patch) -> None:
    """``response._headers["location"][1]`` is ``response["location"]``; other uses of the pairs are a person's.

    https://docs.djangoproject.com/en/3.2/releases/3.2/#requests-and-responses
    """
    for node in patch.module.attributes("_headers"):
        pair = node.parent
        value = pair.parent if pair is not None else None
        if receiver_of(node).rpartition(".")[2] not in {"response", "resp", "res"} or patch.skips(node):
            continue
        is_pair = pair is not None and pair.type == "subscript" and field(pair, "value") == node
        name = field(pair, "subscript") if pair is not None and is_pair else None
        if name is not None and value is not None and text_of(field(value, "subscript")) == b"1":
            patch.replace(value, f"{receiver_of(node)}[{text_of(name).decode()}]")
        else:
            patch.report(node)
