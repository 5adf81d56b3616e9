"""Take the admin's collapse.js out of lists of scripts: the file is gone, fieldsets collapse by themselves."""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch
from djup.fixers.engine.template_patch import TemplatePatch
from djup.source.calls import remove_item


def collapse_script(patch: Patch) -> None:
    """Take the admin's collapse.js out of lists of scripts: the file is gone, fieldsets collapse by themselves.

    https://docs.djangoproject.com/en/5.1/releases/5.1/#miscellaneous
    """
    for node in (one for value in patch.change.seen.strings for one in patch.module.strings(value)):
        holder = node.parent
        if holder is None or holder.type not in {"list", "tuple"} or patch.skips(node):
            continue
        if len([one for one in holder.named_children if one.type != "comment"]) > 1 or holder.type == "list":
            patch.edit(remove_item(patch.module.body, holder, node))
        else:
            patch.replace(holder, "()")


_COLLAPSE = re.compile(rb"admin/js/collapse(?:\.min)?\.js")


def collapse_in_templates(patch: TemplatePatch) -> None:
    """Point at templates that load the admin's script to collapse fieldsets."""
    for match in _COLLAPSE.finditer(patch.body):
        patch.report(match.start())
