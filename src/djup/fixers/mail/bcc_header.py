"""``headers={"Bcc": "a@example.com"}`` is ``bcc=["a@example.com"]``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.mail.alternatives import CLASSES
from djup.source.calls import append_items, remove_item
from djup.source.strings import string_value
from djup.source.tree import field, text_of


def bcc_header(patch: Patch) -> None:
    """``headers={"Bcc": "a@example.com"}`` is ``bcc=["a@example.com"]``.

    https://docs.djangoproject.com/en/6.1/releases/6.1/#email
    """
    for call in (one for home in CLASSES for one in patch.module.calls(home)):
        headers = call.keyword("headers")
        if headers is None or headers.value.type != "dictionary" or patch.skips(call.node):
            continue
        for pair in [one for one in headers.value.named_children if one.type == "pair"]:
            if (string_value(field(pair, "key")) or "").lower() != "bcc":
                continue
            address = field(pair, "value")
            text = string_value(address)
            if (
                address is None
                or text is None
                or "," in text
                or call.keyword("bcc")
                or len(call.positional) > len("sbft")
            ):
                patch.report(pair)
                continue
            patch.edit(remove_item(patch.module.body, headers.value, pair))
            patch.edit(append_items(patch.module.body, call.brackets, [f"bcc=[{text_of(address).decode()}]"]))
