"""What tests of early releases send with the client, and read from its responses."""

from __future__ import annotations

import re

from djup.fixers.class_bodies import attributes_of, insert_attribute
from djup.fixers.patch import Patch, receiver_of
from djup.source.calls import Call, append_items
from djup.source.tree import field, text_of

_CLIENTS = {"self.client", "client"}
_TAKEN = {"content_type", "data", "path", "follow"}
"""The parameters of ``put()`` and its like; other keywords name headers, in capitals (test/client.py of 1.5)."""
_MADE = re.compile(rb"\bclient\s*=\s*([\w.]+)")
_RESPONSES = {"response", "resp", "self.response"}
_ID = re.compile(rb"\b(?:pk|id)\s*=\s*\d|/\d+/")
_TRANSACTION = {"django.test.TransactionTestCase", "django.test.testcases.TransactionTestCase"}


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


def reset_sequences(patch: Patch) -> None:
    """A ``TransactionTestCase`` that counts on ids asks for them.

    https://docs.djangoproject.com/en/1.8/releases/1.5/#no-more-implicit-db-sequences-reset
    """
    for definition in patch.module.classes():
        if not _TRANSACTION.intersection(patch.module.bases(definition)) or patch.skips(definition):
            continue
        if "reset_sequences" not in attributes_of(definition) and _ID.search(text_of(field(definition, "body"))):
            insert_attribute(patch, definition, "reset_sequences = True")
