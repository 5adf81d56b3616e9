"""Point at ``--sett`` and the like given to commands."""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch
from djup.source.tree import text_of


def abbreviated_options(patch: Patch) -> None:
    """Point at ``--sett`` and the like given to commands."""
    for dotted in ("django.core.management.call_command", "django.core.management.execute_from_command_line"):
        for call in patch.module.calls(dotted):
            for match in re.finditer(rb"['\"]--(\w+)", text_of(call.brackets)):
                word = match[1].decode()
                short = any(full.startswith(word) and word != full for full in ("settings", "pythonpath"))
                if short and len(word) > 2:  # noqa: PLR2004  # shorter ones may be options of the command
                    patch.report(call.node)
