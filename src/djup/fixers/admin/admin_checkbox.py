"""``helpers.checkbox`` was a CheckboxInput that is never ticked (django/contrib/admin/helpers.py of 4.2)."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch


def admin_checkbox(patch: Patch) -> None:
    """``helpers.checkbox`` was a CheckboxInput that is never ticked (django/contrib/admin/helpers.py of 4.2).

    https://docs.djangoproject.com/en/5.0/releases/5.0/#miscellaneous
    """
    for node in patch.module.uses("django.contrib.admin.helpers.checkbox"):
        if not patch.skips(node):
            widget = patch.need("django.forms", "CheckboxInput", node)
            patch.replace(node, f'{widget}({{"class": "action-select"}}, lambda value: False)')
