"""A ``DateTimeField`` whose widget is split is a ``SplitDateTimeField``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.tree import field, text_of

_SPLIT = (b"SplitDateTimeWidget", b"AdminSplitDateTime", b"SplitHiddenDateTimeWidget")


def split_date_time(patch: Patch) -> None:
    """A ``DateTimeField`` whose widget is split is a ``SplitDateTimeField``.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#splitdatetimewidget-with-datetimefield
    """
    for home in ("django.forms", "django.forms.fields"):
        for call in patch.module.calls(f"{home}.DateTimeField"):
            widget = call.keyword("widget")
            if widget is None or patch.skips(call.node):
                continue
            last = text_of(widget.value).split(b"(")[0].rpartition(b".")[2]
            if last not in _SPLIT:
                continue
            if call.function.type == "identifier":
                patch.replace(call.function, patch.need(home, "SplitDateTimeField", call.node))
            else:
                name = field(call.function, "attribute")
                patch.replace(name or call.function, "SplitDateTimeField")
