"""Take the classifiers that the change names out of the list that setup.py gives, one in each pass."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.settings.listed_items import LISTS
from djup.source.calls import remove_item


def drop_classifiers(patch: Patch) -> None:
    """Take the classifiers that the change names out of the list that setup.py gives, one in each pass."""
    if patch.module.path.name != "setup.py":
        return
    for value in patch.change.seen.strings:
        for node in patch.module.strings(value):
            brackets = node.parent
            if brackets is not None and brackets.type in LISTS and not patch.skips(node):
                patch.edit(remove_item(patch.module.body, brackets, node))
                return
