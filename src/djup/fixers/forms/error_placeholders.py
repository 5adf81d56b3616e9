"""Point at messages of model fields that leave a place without a name."""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch
from djup.source.strings import string_value
from djup.source.tree import field, text_of, walk, within

_PLACEHOLDER = re.compile(r"%[sdr]")


def error_placeholders(patch: Patch) -> None:
    """Point at messages of model fields that leave a place without a name."""
    for node in patch.module.spelled("error_messages"):
        given = node.parent
        call = within(given, "call") if given is not None and given.type == "keyword_argument" else None
        value = field(given, "value") if given is not None else None
        if call is None or value is None or b"models." not in text_of(field(call, "function")):
            continue
        if any(_PLACEHOLDER.search(string_value(one) or "") for one in walk(value) if one.type == "string"):
            patch.report(call)
