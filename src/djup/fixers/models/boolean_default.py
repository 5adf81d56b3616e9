"""A ``BooleanField`` that said no default was False until 1.5, and is None since."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import append_items

MODELS = "django.db.models."


def boolean_default(patch: Patch) -> None:
    """A ``BooleanField`` that said no default was False until 1.5, and is None since.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#booleanfield-no-longer-defaults-to-false
    """
    for call in patch.module.calls(f"{MODELS}BooleanField"):
        given = call.unpacks or call.keyword("default") or call.keyword("null")
        if not given and not patch.skips(call.node):
            patch.edit(append_items(patch.module.body, call.brackets, ["default=False"]))
