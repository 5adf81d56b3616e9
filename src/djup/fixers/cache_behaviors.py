"""Settings whose values moved: behaviours of ``PyLibMCCache``, and ``USE_ETAGS``."""

from __future__ import annotations

from djup.fixers.patch import Patch
from djup.fixers.settings import drop_setting
from djup.fixers.site_settings import keys
from djup.source.edits import Edit
from djup.source.strings import string_value
from djup.source.tree import field, text_of, walk

_CLIENT = {"binary", "username", "password", "behaviors"}
_ETAGS = "django.middleware.http.ConditionalGetMiddleware"


def pylibmc_behaviors(patch: Patch) -> None:
    """``OPTIONS`` of a ``PyLibMCCache`` keep the behaviours under ``behaviors``.

    https://docs.djangoproject.com/en/1.11/releases/1.11/#miscellaneous-1
    """
    if patch.module.path not in patch.facts.settings:
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


def use_etags(patch: Patch) -> None:
    """``USE_ETAGS = True`` is ``ConditionalGetMiddleware`` before ``CommonMiddleware``; False means nothing.

    https://docs.djangoproject.com/en/1.11/releases/1.11/#miscellaneous-1
    """
    if patch.module.path not in patch.facts.settings:
        return
    for assignment in patch.module.assignments("USE_ETAGS"):
        value = text_of(field(assignment, "right"))
        if patch.skips(assignment):
            continue
        if value == b"False" or patch.module.strings(_ETAGS):
            drop_setting(patch, assignment)
            continue
        places = patch.module.strings("django.middleware.common.CommonMiddleware")
        listed = [one for one in places if one.parent is not None and one.parent.type in {"list", "tuple"}]
        if value != b"True" or len(listed) != 1:
            patch.report(assignment)
            continue
        body, start = patch.module.body, listed[0].start_byte
        indent = body[body.rfind(b"\n", 0, start) + 1 : start]
        mark = text_of(listed[0])[:1].decode()
        gap = b" " if indent.strip() else b"\n" + indent
        patch.edit(Edit(start=start, end=start, text=f"{mark}{_ETAGS}{mark},".encode() + gap))
        drop_setting(patch, assignment)
