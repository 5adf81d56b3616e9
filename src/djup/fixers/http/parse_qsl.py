"""``limited_parse_qsl()`` is ``urllib.parse.parse_qsl()``, ``fields_limit`` its ``max_num_fields``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of, rename_keyword


def limited_parse_qsl(patch: Patch) -> None:
    """``limited_parse_qsl()`` is ``urllib.parse.parse_qsl()``, ``fields_limit`` its ``max_num_fields``.

    https://docs.djangoproject.com/en/3.2/releases/3.2/#miscellaneous
    """
    for node in patch.module.uses("django.utils.http.limited_parse_qsl"):
        call = call_of(node)
        if patch.skips(node):
            continue
        if call is None or len(call.positional) > len(["qs", "keep_blank_values"]) or call.unpacks:
            patch.report(node)
            continue
        patch.replace(node, patch.need("urllib.parse", "parse_qsl", node))
        limit = call.keyword("fields_limit")
        if limit is not None:
            patch.edit(rename_keyword(limit, "max_num_fields"))
