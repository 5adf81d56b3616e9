"""Write ``BLANK_CHOICE_DASH`` out (django/db/models/fields/__init__.py)."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch


def blank_choice_dash(patch: Patch) -> None:
    """Write ``BLANK_CHOICE_DASH`` out (django/db/models/fields/__init__.py).

    https://docs.djangoproject.com/en/6.1/releases/6.1/#features-deprecated-in-6-1
    """
    for home in ("django.db.models.fields.BLANK_CHOICE_DASH", "django.db.models.BLANK_CHOICE_DASH"):
        for node in patch.module.uses(home):
            if not patch.skips(node):
                patch.replace(node, '[("", "---------")]')
