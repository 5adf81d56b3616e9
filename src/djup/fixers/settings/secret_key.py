"""Django 1.5 and newer refuse to start with an empty key: it gets one that `check --deploy` warns of."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import CONFIGURE, assigned, keys
from djup.source.calls import append_items
from djup.source.strings import string_value
from djup.source.tree import field, text_of


def empty_secret_key(patch: Patch) -> None:
    """Django 1.5 and newer refuse to start with an empty key: it gets one that `check --deploy` warns of."""
    for assignment, value in assigned(patch, "SECRET_KEY"):
        key = patch.change.pin.value if patch.change.pin is not None else ""
        if string_value(value) == "" and key:
            patch.replace(value, key)
        elif string_value(value) == "":
            patch.report(assignment)


def configured_key(patch: Patch) -> None:
    """``settings.configure()`` in a test script gets a key, which Django asks for as soon as something signs.

    https://docs.djangoproject.com/en/3.2/releases/3.2/#miscellaneous
    """
    for call in patch.module.calls(CONFIGURE):
        given = {one.name for one in call.arguments}
        spread = [one for one in call.arguments if one.stars == "**"]
        if "SECRET_KEY" in given or patch.skips(call.node) or not call.arguments:
            continue
        if not spread:
            patch.edit(append_items(patch.module.body, call.brackets, ['SECRET_KEY="for tests only"']))
            continue
        for assignment in patch.module.assignments(text_of(spread[0].value).decode()) if len(spread) == 1 else ():
            value = field(assignment, "right")
            if value is not None and value.type == "dictionary" and "SECRET_KEY" not in keys(value):
                patch.edit(append_items(patch.module.body, value, ['"SECRET_KEY": "for tests only"']))
