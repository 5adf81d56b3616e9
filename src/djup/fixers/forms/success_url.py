"""``success_url = "/items/%(id)s/"`` is ``"/items/{id}/"``."""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch
from djup.knowledge.search import has_base
from djup.source.edits import Edit
from djup.source.strings import literal
from djup.source.tree import field, within

_PLACE = re.compile(r"%\((\w+)\)s")
_EDIT_VIEWS = ("CreateView", "UpdateView", "DeleteView", "ModelFormMixin", "DeletionMixin")


def success_url_places(patch: Patch) -> None:
    """``success_url = "/items/%(id)s/"`` is ``"/items/{id}/"``.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#foo-s-syntax-in-modelformmixin-success-url
    """
    for assignment in patch.module.assignments("success_url"):
        owner, value = within(assignment, "class_definition"), field(assignment, "right")
        one = literal(value) if value is not None else None
        if owner is None or one is None or not _PLACE.search(one.value) or patch.skips(assignment):
            continue
        if not has_base(patch.module, owner, _EDIT_VIEWS):
            continue
        if "{" in one.value or "}" in one.value or "%%" in one.value:
            patch.report(assignment)
            continue
        raw = patch.module.body[one.content_start : one.content_end].decode()
        new = _PLACE.sub(r"{\1}", raw).encode()
        patch.edit(Edit(start=one.content_start, end=one.content_end, text=new))
