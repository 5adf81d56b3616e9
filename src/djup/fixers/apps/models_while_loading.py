"""Point at models that the root of a package imports."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch, receiver_of
from djup.source.calls import call_of
from djup.source.tree import FUNCTIONS, within

_BESIDE = {"models", "tests", "management", "templatetags", "migrations", "utils"}


def models_while_loading(patch: Patch) -> None:
    """Point at models that the root of a package imports."""
    path = patch.module.path
    if path.name != "__init__.py" or _BESIDE.intersection(path.parts):
        return
    for one in patch.module.imports:
        named = one.module.rpartition(".")[2] == "models" or one.name == "models"
        apart = one.module.startswith("django.") or one.module.endswith("utils.models")
        if named and not apart and within(one.statement, *FUNCTIONS) is None:
            patch.report(one.statement)


_LATER = frozenset({
    "views", "urls", "admin", "forms", "formsets", "context_processors", "middleware", "feeds", "sitemaps",
    "templatetags", "management", "tests", "test", "serializers", "viewsets", "api",
})  # fmt: skip
"""Modules, and folders of such, that are imported once all models are there."""


def early_models(patch: Patch) -> None:
    """Point at models that are asked of the app registry in modules that may be imported before all models are.

    By Django's own habits what it imports for a request, a command, a template or a test comes after.
    """
    path = patch.module.path
    if not _LATER.isdisjoint({path.stem, *path.parts[:-1]}) or path.stem.startswith("test"):
        return
    for name in ("get_model", "get_models"):
        for node in patch.module.attributes(name):
            call, receiver = call_of(node), receiver_of(node)
            if call is None or within(node, "function_definition", "lambda") is not None:
                continue
            if receiver.endswith(("apps", "app_config")) or "get_app_config(" in receiver:
                patch.report(call.node)
