"""``IPAddressField()`` is ``GenericIPAddressField(protocol="IPv4")``; old migrations keep the old one."""

from __future__ import annotations

from djup.facts.files import is_migration
from djup.fixers.engine.patch import Patch
from djup.fixers.models.boolean_default import MODELS
from djup.source.calls import append_items, call_of
from djup.source.imports import Wanted
from djup.source.tree import field, text_of


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


def blank_address(patch: Patch) -> None:
    """An address that may be blank is stored as null: ``null=True``.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#miscellaneous
    """
    for call in patch.module.calls(f"{MODELS}GenericIPAddressField"):
        blank, null = call.keyword("blank"), call.keyword("null")
        if blank is None or text_of(blank.value) != b"True" or patch.skips(call.node):
            continue
        if null is None and not call.unpacks:
            patch.edit(append_items(patch.module.body, call.brackets, ["null=True"]))
        elif null is not None and text_of(null.value) != b"True":
            patch.report(call.node)
