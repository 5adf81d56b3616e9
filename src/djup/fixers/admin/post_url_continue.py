"""The default ``"../%s/"`` of an override is None: Django makes the URL itself; others are left to a person."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.routes import default_arguments
from djup.source.strings import string_value
from djup.source.tree import field


def post_url_continue(patch: Patch) -> None:
    """The default ``"../%s/"`` of an override is None: Django makes the URL itself; others are left to a person.

    https://docs.djangoproject.com/en/1.8/releases/1.5/#minor-features
    """
    for definition in patch.module.methods("response_add"):
        parameters = field(definition, "parameters")
        value = default_arguments(parameters, "post_url_continue") if parameters is not None else None
        if value is None or patch.skips(definition):
            continue
        if string_value(value) == "../%s/":
            patch.replace(value, "None")
        elif "%s" in (string_value(value) or ""):
            patch.report(definition)
