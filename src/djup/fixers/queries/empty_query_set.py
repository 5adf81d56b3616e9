"""``EmptyQuerySet(Book)`` is ``Book._default_manager.none()``; without a model it is left to a person."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.tree import text_of


def empty_query_set(patch: Patch) -> None:
    """``EmptyQuerySet(Book)`` is ``Book._default_manager.none()``; without a model it is left to a person.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#miscellaneous
    """
    for call in patch.module.calls("django.db.models.query.EmptyQuerySet"):
        model = call.keyword("model") or (call.positional[0] if call.positional else None)
        named = model is not None and model.value.type in {"identifier", "attribute"}
        if model is None or not named or len(call.arguments) != 1:
            patch.report(call.node)
        elif not patch.skips(call.node):
            patch.replace(call.node, f"{text_of(model.value).decode()}._default_manager.none()")
