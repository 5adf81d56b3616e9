"""``OPTIONS`` of a ``PyLibMCCache`` keep the behaviours under ``behaviors``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import keys
from djup.source.strings import string_value
from djup.source.tree import field, text_of, walk

_CLIENT = {"binary", "username", "password", "behaviors"}


def pylibmc_behaviors(patch: Patch) -> None:
    """``OPTIONS`` of a ``PyLibMCCache`` keep the behaviours under ``behaviors``.

    https://docs.djangoproject.com/en/1.11/releases/1.11/#miscellaneous-1
    """
    if patch.module.path not in patch.facts.settings.modules:
        return
    for assignment in patch.module.assignments("CACHES"):
        value = field(assignment, "right")
        for node in walk(value) if value is not None else ():
            given = keys(node) if node.type == "dictionary" else {}
            if not (string_value(given.get("BACKEND")) or "").endswith("PyLibMCCache") or patch.skips(assignment):
                continue
            options = given.get("OPTIONS")
            names = keys(options) if options is not None and options.type == "dictionary" else {}
            loose = [one for one in names if one not in _CLIENT]
            pairs = [one for one in options.named_children if one.type != "comment"] if options is not None else []
            if options is None or not loose or len(pairs) != len(names) or "behaviors" in names:
                continue
            kept = [text_of(names[one].parent).decode() for one in names if one in _CLIENT]
            inner = ", ".join(text_of(names[one].parent).decode() for one in loose)
            patch.replace(options, "{" + ", ".join([*kept, f'"behaviors": {{{inner}}}']) + "}")
