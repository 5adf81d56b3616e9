"""Views for errors: they are told the exception."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.knowledge.search import parameter_name, parameters_in
from djup.source.calls import append_items
from djup.source.tree import field, text_of


def error_views(patch: Patch) -> None:
    """Give the functions that ``handler400``, ``handler403`` and ``handler404`` name a parameter ``exception``.

    https://docs.djangoproject.com/en/1.9/releases/1.9/#miscellaneous-2
    """
    for name in sorted(patch.facts.urls.error_views):
        for node in patch.module.spelled(name):
            definition = node.parent
            if definition is None or definition.type != "function_definition" or field(definition, "name") != node:
                continue
            around = definition.parent
            outer = around.parent if around is not None and around.type == "decorated_definition" else around
            parameters = field(definition, "parameters")
            if outer is None or outer.type != "module" or parameters is None or patch.skips(definition):
                continue
            names = [parameter_name(one) for one in parameters_in(parameters)]
            if not names or names[0].startswith("*") or "exception" in names or names[-1].startswith("**"):
                continue
            if "request" not in names[0] or any(one.startswith("*") for one in names):
                patch.report(definition)
            elif text_of(parameters):
                patch.edit(append_items(patch.module.body, parameters, ["exception=None"]))
