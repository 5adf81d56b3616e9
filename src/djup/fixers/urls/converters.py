"""``get_converter(name)`` is ``get_converters()[name]``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.strings import string_value


def get_converter(patch: Patch) -> None:
    """``get_converter(name)`` is ``get_converters()[name]``.

    https://docs.djangoproject.com/en/5.1/releases/5.1/#miscellaneous
    """
    for call, name in patch.calls_with_one("django.urls.converters.get_converter"):
        patch.replace(call.node, f"{patch.need('django.urls.converters', 'get_converters', call.node)}()[{name}]")


def converter_names(patch: Patch) -> None:
    """Point at converters registered under a name that Django uses."""
    for home in ("django.urls.register_converter", "django.urls.converters.register_converter"):
        for call in patch.module.calls(home):
            if len(call.positional) > 1 and string_value(call.positional[1].value) in {
                "int",
                "path",
                "slug",
                "str",
                "uuid",
            }:
                patch.report(call.node)
