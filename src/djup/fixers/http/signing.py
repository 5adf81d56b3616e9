"""Point at separators that may be part of a signature."""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch
from djup.source.calls import append_items
from djup.source.strings import string_value

_UNSAFE = re.compile(r"[A-Za-z0-9\[\\\]^_`=-]*$")


def signer_separator(patch: Patch) -> None:
    """Point at separators that may be part of a signature."""
    for name in ("Signer", "TimestampSigner"):
        for call in patch.module.calls(f"django.core.signing.{name}"):
            given = call.keyword("sep") or (call.positional[1] if len(call.positional) > 1 else None)
            separator = string_value(given.value) if given is not None else None
            if separator is not None and _UNSAFE.match(separator):
                patch.report(call.node)


def hmac_algorithm(patch: Patch) -> None:
    """``salted_hmac()`` and ``base64_hmac()`` use SHA-1 unless told otherwise."""
    for home, place in (("django.utils.crypto.salted_hmac", 3), ("django.core.signing.base64_hmac", 3)):
        for call in patch.module.calls(home):
            if patch.skips(call.node) or call.keyword("algorithm"):
                continue
            if call.unpacks:
                patch.report(call.node)
            elif len(call.positional) <= place:
                patch.edit(append_items(patch.module.body, call.brackets, ['algorithm="sha1"']))
