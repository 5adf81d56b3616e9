"""A ``RedirectView`` that says nothing is permanent until 1.8: it says so."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.class_bodies import attributes_of, insert_attribute, methods_of
from djup.knowledge.search import has_base
from djup.source import tree as syntax
from djup.source.calls import append_items
from djup.source.tree import field, text_of

_VIEWS = ("django.views.generic.RedirectView", "django.views.generic.base.RedirectView")


def redirect_permanent(patch: Patch) -> None:
    """A ``RedirectView`` that says nothing is permanent until 1.8: it says so.

    https://docs.djangoproject.com/en/1.9/releases/1.9/#features-removed-in-1-9
    """
    for view in _VIEWS:
        for call in patch.module.calls(f"{view}.as_view"):
            if not (call.unpacks or call.keyword("permanent") or patch.skips(call.node)):
                patch.edit(append_items(patch.module.body, call.brackets, ["permanent=True"]))
    for definition in patch.module.classes():
        if patch.skips(definition) or not set(_VIEWS).intersection(patch.module.bases(definition)):
            continue
        if "permanent" in attributes_of(definition) or "permanent" in methods_of(definition):
            continue
        if not insert_attribute(patch, definition, "permanent = True"):
            patch.report(definition)


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
