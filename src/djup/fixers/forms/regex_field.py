"""``RegexField(error_message=x)`` is ``RegexField(error_messages={"invalid": x})``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.tree import text_of


def regex_error_message(patch: Patch) -> None:
    """``RegexField(error_message=x)`` is ``RegexField(error_messages={"invalid": x})``."""
    for home in ("django.forms.RegexField", "django.forms.fields.RegexField"):
        for call in patch.module.calls(home):
            named = call.keyword("error_message")
            if named is None or patch.skips(call.node):
                continue
            if call.keyword("error_messages") is not None or call.unpacks:
                patch.report(call.node)
            else:
                patch.replace(named.node, f'error_messages={{"invalid": {text_of(named.value).decode()}}}')
