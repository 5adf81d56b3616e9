"""``dates("created", …)`` is ``datetimes("created", …)`` where each field of that name is a ``DateTimeField``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.strings import string_value
from djup.source.tree import field


def dates_of_datetimes(patch: Patch) -> None:
    """``dates("created", …)`` is ``datetimes("created", …)`` where each field of that name is a ``DateTimeField``.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#queryset-dates-raises-an-error-when-used-on-datetimefield
    """
    for call in patch.module.calls(".dates"):
        kinds = (
            patch.facts.models.field_kinds.get(string_value(call.positional[0].value) or "")
            if call.positional
            else None
        )
        name = field(call.function, "attribute")
        if not kinds or "DateTimeField" not in kinds or name is None or patch.skips(call.node):
            continue
        if kinds == {"DateTimeField"}:
            patch.replace(name, "datetimes")
        else:
            patch.report(call.node)
