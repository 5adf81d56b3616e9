"""Say ``on_delete=models.CASCADE``, the default until 2.0, in models and migrations."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.calls import Argument, Call, call_of, insert_after
from djup.source.edits import Edit
from djup.source.tree import field, text_of

_MODULES = ("django.db.models", "django.db.models.fields.related", "django.contrib.gis.db.models")
RELATION_FIELDS = (
    *(f"{module}.{name}" for module in _MODULES for name in ("ForeignKey", "OneToOneField")),
    "mptt.models.TreeForeignKey", "mptt.fields.TreeForeignKey", "mptt.fields.TreeOneToOneField",
    "modelcluster.fields.ParentalKey",
)  # fmt: skip
_RULES = re.compile(r"(?:^|\.)(?:CASCADE|PROTECT|RESTRICT|SET_NULL|SET_DEFAULT|DO_NOTHING|SET\(.*\))$", re.DOTALL)


def on_delete(patch: Patch) -> None:
    """Say ``on_delete=models.CASCADE``, the default until 2.0, in models and migrations.

    A second argument without keyword was ``to_field`` in 1.8 and before; it is named. South's migrations, which 1.7
    and later do not run, stay as they are.
    https://docs.djangoproject.com/en/1.9/releases/1.9/#foreignkey-and-onetoonefield-on-delete-argument
    """
    if any(one.origin.startswith("south.") for one in patch.module.imports):
        return
    for dotted in RELATION_FIELDS:
        for node in patch.module.uses(dotted):
            call = call_of(node)
            if call is None or patch.skips(node) or call.keyword("on_delete") is not None:
                continue
            plain = call.positional
            if call.unpacks or len(plain) > 2 or not call.arguments:  # noqa: PLR2004  # the model and one more
                patch.report(node)
                continue
            if len(plain) == 2 and _RULES.search(text_of(plain[1].value).decode()):  # noqa: PLR2004
                continue
            _say_cascade(patch, node, call, plain)


def _say_cascade(patch: Patch, node: Node, call: Call, plain: tuple[Argument, ...]) -> None:
    place = plain[-1] if plain else call.arguments[-1]
    target = call.keyword("to")
    if not plain and target is not None:
        place = target
    if len(plain) == 2:  # noqa: PLR2004  # the second one is the field that is pointed to
        start = plain[1].node.start_byte
        patch.edit(Edit(start=start, end=start, text=b"to_field="))
    rule = _cascade(patch, node)
    patch.edit(insert_after(patch.module.body, call.brackets, place.node, f"on_delete={rule}"))


def _cascade(patch: Patch, node: Node) -> str:
    owner = field(node, "object") if node.type == "attribute" else None
    if owner is not None and set(patch.module.origins(owner)) & {_MODULES[0], _MODULES[2]}:
        return f"{text_of(owner).decode()}.CASCADE"
    return patch.need("django.db.models", "CASCADE", node)
