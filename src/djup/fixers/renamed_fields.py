"""Fields of models and forms that were renamed, or that only work together with others."""

from __future__ import annotations

from djup.facts.index import is_migration
from djup.fixers.patch import Patch
from djup.source.calls import append_items, call_of
from djup.source.imports import Wanted
from djup.source.tree import field, text_of

_SPLIT = (b"SplitDateTimeWidget", b"AdminSplitDateTime", b"SplitHiddenDateTimeWidget")


def ip_address_field(patch: Patch) -> None:
    """``IPAddressField()`` is ``GenericIPAddressField(protocol="IPv4")``; old migrations keep the old one.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#ipaddressfield
    """
    if is_migration(patch.module.path):
        return
    for home in ("django.db.models", "django.db.models.fields", "django.forms", "django.forms.fields"):
        _rename_calls(patch, home, "IPAddressField", "GenericIPAddressField", 'protocol="IPv4"')


def _rename_calls(patch: Patch, home: str, old: str, new: str, argument: str) -> None:
    """Call another class of the same module, with one more argument; other uses are left to a person."""
    uses = patch.module.uses(f"{home}.{old}")
    calls = [call_of(node) for node in uses]
    if any(call is None or call.unpacks for call in calls) or any(patch.skips(node) for node in uses):
        for node in uses:
            patch.report(node)
        return
    for one in patch.module.imported(f"{home}.{old}"):
        if not one.conditional and one.module == home:
            alias = one.alias if one.alias != new else ""
            patch.rename_import(one, Wanted(module=home, name=new, alias=alias, after=one.statement))
    for node, call in zip(uses, calls, strict=True):
        name = node if node.type == "identifier" else field(node, "attribute")
        if name is not None and text_of(name).decode() == old:
            patch.replace(name, new)
        if call is not None:
            patch.edit(append_items(patch.module.body, call.brackets, [argument]))


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


def char_field_strips(patch: Patch) -> None:
    """A password keeps the spaces around it: ``CharField(widget=PasswordInput, strip=False)``."""
    for home in ("django.forms", "django.forms.fields"):
        for call in patch.module.calls(f"{home}.CharField"):
            widget = call.keyword("widget")
            if widget is None or call.unpacks or call.keyword("strip") or patch.skips(call.node):
                continue
            if b"PasswordInput" in text_of(widget.value):
                patch.edit(append_items(patch.module.body, call.brackets, ["strip=False"]))


def email_length(patch: Patch) -> None:
    """A model's ``EmailField`` keeps its 75 letters: ``max_length=75``.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#default-emailfield-max-length-increased-to-254
    """
    for home in ("django.db.models", "django.db.models.fields"):
        for call in patch.module.calls(f"{home}.EmailField"):
            if not (call.unpacks or call.keyword("max_length") or patch.skips(call.node)):
                patch.edit(append_items(patch.module.body, call.brackets, ["max_length=75"]))
