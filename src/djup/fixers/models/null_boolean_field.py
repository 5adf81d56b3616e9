"""``NullBooleanField`` of models: ``BooleanField(null=True, blank=True)``, which is what it was.

``NullBooleanField.__init__`` of Django 2.1 - 3.2 sets ``null`` and ``blank``; both fields have the same column type.
https://docs.djangoproject.com/en/3.1/releases/3.1/#features-deprecated-in-3-1
"""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import append_items, call_of
from djup.source.tree import field, text_of

_HOMES = ("django.db.models", "django.db.models.fields", "django.contrib.gis.db.models")


def null_boolean_field(patch: Patch) -> None:
    """Rewrite calls, in models and in migrations alike so that no new migration follows; a subclass is a person's."""
    for home in _HOMES:
        for node in patch.module.uses(f"{home}.NullBooleanField"):
            call = call_of(node)
            if patch.skips(node):
                continue
            if call is None or call.unpacks:
                patch.report(node)
                continue
            given = {one.name: text_of(one.value) for one in call.arguments}
            if any(given.get(name, b"True") != b"True" for name in ("null", "blank")):
                patch.report(node)
                continue
            attribute = field(node, "attribute")
            if attribute is not None:
                patch.replace(attribute, "BooleanField")
            else:
                patch.replace(node, patch.need(home, "BooleanField", node))
            missing = [f"{name}=True" for name in ("null", "blank") if name not in given]
            if missing:
                patch.edit(append_items(patch.module.body, call.brackets, missing))
