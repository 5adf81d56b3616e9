"""Data that the client encoded for PUT is encoded before; that of other methods is left to a person."""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch, receiver_of
from djup.fixers.syntax.setting_values import keys
from djup.source.calls import Call, append_items, call_of
from djup.source.tree import field, text_of

_CLIENTS = {"self.client", "client"}
_TAKEN = {"content_type", "data", "path", "follow"}
"""The parameters of ``put()`` and its like; other keywords name headers, in capitals (test/client.py of 1.5)."""
_MADE = re.compile(rb"\bclient\s*=\s*([\w.]+)")


def client_put(patch: Patch) -> None:
    """Data that the client encoded for PUT is encoded before; that of other methods is left to a person.

    https://docs.djangoproject.com/en/1.8/releases/1.5/#options-put-and-delete-requests-in-the-test-client
    """
    for method in ("put", "options", "delete"):
        for call in patch.module.calls(f".{method}"):
            data = call.keyword("data") or (call.positional[1] if len(call.positional) > 1 else None)
            if receiver_of(call.function) not in _CLIENTS or data is None or patch.skips(call.node):
                continue
            if call.unpacks or len(call.positional) > len(["path", "data"]) or call.keyword("content_type"):
                continue
            if _is_another(patch, call):
                continue
            if method != "put" or data.value.type != "dictionary":
                if data.value.type == "dictionary":
                    patch.report(call.node)
                continue
            names = (patch.need("django.test.client", name, call.node) for name in _NAMES)
            encode, boundary, content = names
            patch.replace(data.value, f"{encode}({boundary}, {text_of(data.value).decode()})")
            patch.edit(append_items(patch.module.body, call.brackets, [f"content_type={content}"]))


def _is_another(patch: Patch, call: Call) -> bool:
    """Whether the client may be another than Django's: by what it is given, how it is made, what the file imports."""
    if any(one.name and one.name not in _TAKEN and not one.name.isupper() for one in call.arguments):
        return True
    made = _MADE.findall(patch.module.body)
    return b"rest_framework" in patch.module.body or any(not one.endswith(b"Client") for one in made)


_NAMES = ("encode_multipart", "BOUNDARY", "MULTIPART_CONTENT")
_CHANGES = {b"update", b"setdefault", b"pop", b"popitem", b"clear", b"setlist", b"appendlist"}
_POST = re.compile(rb"(?:^|[._])request\.(?:POST|_post)$")
_CLIENT = re.compile(rb"(?:^|[._])client$")


def changed_post(patch: Patch) -> None:
    """Point at ``request.POST["a"] = b`` and at methods that change it."""
    for node in patch.module.attributes("POST"):
        if not _POST.search(text_of(node)):
            continue
        around = node.parent
        if around is not None and around.type == "subscript" and around.parent is not None:
            outer = around.parent
            if outer.type == "delete_statement" or field(outer, "left") == around:
                patch.report(node)
        elif around is not None and call_of(around) is not None and text_of(around).rpartition(b".")[2] in _CHANGES:
            patch.report(node)


def sent_none(patch: Patch) -> None:
    """Point at ``None`` among the values that a test client sends or ``urlencode()`` writes."""
    calls = patch.module.calls("django.utils.http.urlencode")
    for name in ("get", "post", "put", "patch", "head"):
        for call in patch.module.calls(f".{name}"):
            if _CLIENT.search(text_of(field(call.function, "object"))):
                calls.append(call)
    for call in calls:
        data = [one.value for one in call.arguments if one.value.type == "dictionary"]
        if any(text_of(value) == b"None" for one in data for value in keys(one).values()):
            patch.report(call.node)
