"""Classes derived from ``HttpResponse`` give what they override ``content_type``, no ``mimetype``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of, rename_keyword
from djup.source.tree import within


def super_mimetype(patch: Patch) -> None:
    """Classes derived from ``HttpResponse`` give what they override ``content_type``, no ``mimetype``.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#features-removed-in-1-7
    """
    for node in patch.module.attributes("__init__"):
        call, owner = call_of(node), within(node, "class_definition")
        named = call.keyword("mimetype") if call is not None else None
        if call is None or named is None or owner is None or patch.skips(node):
            continue
        known = [base for base in patch.module.bases(owner) if base.startswith("django.http.")]
        if any(base.rpartition(".")[2].startswith("HttpResponse") for base in known):
            patch.edit(rename_keyword(named, "content_type"))
