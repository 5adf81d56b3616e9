"""``from_db_value()`` gets no ``context``: it was always empty."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.knowledge.search import parameter_name, parameters_in
from djup.source import tree as syntax
from djup.source.calls import remove_item
from djup.source.tree import field, text_of


def value_context(patch: Patch) -> None:
    """``from_db_value()`` gets no ``context``: it was always empty.

    https://docs.djangoproject.com/en/2.0/releases/2.0/#features-deprecated-in-2-0
    """
    for name in ("from_db_value", "convert_value"):
        for definition in patch.module.methods(name):
            parameters = field(definition, "parameters")
            last = parameters_in(parameters)[-1:] if parameters is not None else []
            if parameters is None or patch.skips(definition) or not last or parameter_name(last[0]) != "context":
                continue
            body = field(definition, "body")
            used = (
                any(one.type == "identifier" and text_of(one) == b"context" for one in syntax.walk(body))
                if body
                else True
            )
            if used:
                patch.report(definition)
            else:
                patch.edit(remove_item(patch.module.body, parameters, last[0]))
