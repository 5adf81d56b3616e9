"""Methods that a project overrides and that Django calls with other arguments now."""

from __future__ import annotations

from djup.fixers.patch import Patch
from djup.knowledge.search import has_base, parameter_name, parameters_in
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


def redirect_url_arguments(patch: Patch) -> None:
    """``RedirectView.get_redirect_url()`` is given what the URL holds without a name as well.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#miscellaneous
    """
    for definition in patch.module.methods("get_redirect_url"):
        owner = syntax.within(definition, "class_definition")
        parameters = field(definition, "parameters")
        if owner is None or parameters is None or patch.skips(definition):
            continue
        if not has_base(patch.module, owner, ("RedirectView",)):
            continue
        names = [one for one in parameters.named_children if one.type != "comment"]
        stars = [one for one in names if one.type in {"list_splat_pattern", "dictionary_splat_pattern"}]
        if len(names) == 2 and [one.type for one in stars] == ["dictionary_splat_pattern"]:  # noqa: PLR2004
            patch.replace(stars[0], f"*args, {text_of(stars[0]).decode()}")
