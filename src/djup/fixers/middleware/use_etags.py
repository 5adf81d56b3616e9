"""``USE_ETAGS = True`` is ``ConditionalGetMiddleware`` before ``CommonMiddleware``; False means nothing."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.statements import drop_statement
from djup.source.edits import Edit
from djup.source.tree import field, text_of

_ETAGS = "django.middleware.http.ConditionalGetMiddleware"


def use_etags(patch: Patch) -> None:
    """``USE_ETAGS = True`` is ``ConditionalGetMiddleware`` before ``CommonMiddleware``; False means nothing.

    https://docs.djangoproject.com/en/1.11/releases/1.11/#miscellaneous-1
    """
    if patch.module.path not in patch.facts.settings.modules:
        return
    for assignment in patch.module.assignments("USE_ETAGS"):
        value = text_of(field(assignment, "right"))
        if patch.skips(assignment):
            continue
        if value == b"False" or patch.module.strings(_ETAGS):
            drop_statement(patch, assignment)
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
        drop_statement(patch, assignment)
