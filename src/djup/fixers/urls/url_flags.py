"""Point at patterns with flags such as ``(?i)``."""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch
from djup.source.strings import literal


def url_flags(patch: Patch) -> None:
    """Point at patterns with flags such as ``(?i)``."""
    for name in ("django.conf.urls.url", "django.urls.re_path", "django.conf.urls.re_path"):
        for call in patch.module.calls(name):
            given = call.keyword("regex") or (call.positional[0] if call.positional else None)
            one = literal(given.value) if given is not None else None
            if one is not None and re.search(r"\(\?[iLmsux#]", one.value):
                patch.report(call.node)
