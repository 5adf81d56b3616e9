"""Template loaders of a project's own."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.knowledge.search import has_base, parameter_name, parameters_in
from djup.source.calls import remove_item
from djup.source.tree import field, text_of, walk, within

_METHODS = ("get_template", "get_template_sources", "cache_key")


def template_dirs(patch: Patch) -> None:
    """Take the parameter out of methods that do not use it.

    https://docs.djangoproject.com/en/1.9/releases/1.9/#template-loader-apis-have-changed
    """
    for method in _METHODS:
        for definition in patch.module.methods(method):
            owner, parameters = within(definition, "class_definition"), field(definition, "parameters")
            body = field(definition, "body")
            if owner is None or parameters is None or body is None or patch.skips(definition):
                continue
            given = [one for one in parameters_in(parameters) if parameter_name(one) == "template_dirs"]
            if not given or not has_base(patch.module, owner, ("Loader",)):
                continue
            if any(one.type == "identifier" and text_of(one) == b"template_dirs" for one in walk(body)):
                patch.report(definition)
            else:
                patch.edit(remove_item(patch.module.body, parameters, given[0]))
