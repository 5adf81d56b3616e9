"""Take the strings that the change names out of the lists written out in settings modules."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import remove_item

LISTS = {"list", "tuple", "set"}


def drop_items(patch: Patch) -> None:
    """Take the strings that the change names out of the lists written out in settings modules."""
    if (
        patch.module.path not in patch.facts.settings.modules
        and patch.module.path not in patch.facts.settings.configurers
    ):
        return
    for value in patch.change.seen.strings:
        for node in patch.module.strings(value):
            brackets = node.parent
            if brackets is None or brackets.type not in LISTS or patch.skips(node):
                continue
            alone = len([one for one in brackets.named_children if one.type != "comment"]) == 1
            if not alone or brackets.type == "list":
                patch.edit(remove_item(patch.module.body, brackets, node))
