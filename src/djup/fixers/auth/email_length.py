"""A model's ``EmailField`` keeps its 75 letters: ``max_length=75``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import append_items


def email_length(patch: Patch) -> None:
    """A model's ``EmailField`` keeps its 75 letters: ``max_length=75``.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#default-emailfield-max-length-increased-to-254
    """
    for home in ("django.db.models", "django.db.models.fields"):
        for call in patch.module.calls(f"{home}.EmailField"):
            if not (call.unpacks or call.keyword("max_length") or patch.skips(call.node)):
                patch.edit(append_items(patch.module.body, call.brackets, ["max_length=75"]))
