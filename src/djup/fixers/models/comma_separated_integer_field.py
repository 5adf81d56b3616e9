"""``CommaSeparatedIntegerField``: a ``CharField`` with the validator it had.

https://docs.djangoproject.com/en/1.10/releases/1.10/#commaseparatedintegerfield-model-field
"""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import append_items, call_of
from djup.source.tree import field

_HOMES = ("django.db.models", "django.db.models.fields", "django.contrib.gis.db.models")
_VALIDATOR = "validate_comma_separated_integer_list"


def comma_separated(patch: Patch) -> None:
    """Rewrite calls, in models and in migrations alike so that no new migration follows; a subclass is a person's."""
    for home in _HOMES:
        for node in patch.module.uses(f"{home}.CommaSeparatedIntegerField"):
            call = call_of(node)
            if patch.skips(node):
                continue
            given = call.keyword("validators") if call is not None else None
            if call is None or call.unpacks or (given is not None and given.value.type != "list"):
                patch.report(node)
                continue
            attribute = field(node, "attribute")
            if attribute is not None:
                patch.replace(attribute, "CharField")
            else:
                patch.replace(node, patch.need(home, "CharField", node))
            validator = patch.need("django.core.validators", _VALIDATOR, node)
            if given is None:
                patch.edit(append_items(patch.module.body, call.brackets, [f"validators=[{validator}]"]))
            else:
                patch.edit(append_items(patch.module.body, given.value, [validator]))
