"""An app that is listed twice is listed once; two apps of the same label are left to a person."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import remove_item
from djup.source.strings import string_value
from djup.source.tree import field


def app_labels(patch: Patch) -> None:
    """An app that is listed twice is listed once; two apps of the same label are left to a person.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#app-registry-consistency
    """
    if patch.module.path not in patch.facts.settings.modules:
        return
    for assignment in patch.module.assignments("INSTALLED_APPS"):
        value = field(assignment, "right")
        if value is None or value.type not in {"list", "tuple"} or patch.skips(assignment):
            continue
        seen: dict[str, str] = {}
        for node in [one for one in value.named_children if one.type == "string"]:
            name = string_value(node) or ""
            label = name.rpartition(".")[2]
            if seen.get(label) == name:
                patch.edit(remove_item(patch.module.body, value, node))
            elif label in seen:
                patch.report(node)
            seen.setdefault(label, name)
