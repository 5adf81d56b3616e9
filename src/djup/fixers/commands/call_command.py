"""The calls of ``call_command()`` with that command."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import Call
from djup.source.strings import string_value

_CALL = "django.core.management.call_command"


def calls_of(patch: Patch, command: str) -> list[Call]:
    """The calls of ``call_command()`` with that command."""
    found = [call for call in patch.module.calls(_CALL) if call.positional]
    return [call for call in found if string_value(call.positional[0].value) == command]


def makemigrations_exit(patch: Patch) -> None:
    """Point at ``call_command("makemigrations", exit=True)`` and its like."""
    for call in calls_of(patch, "makemigrations"):
        texts = {string_value(one.value) for one in call.positional}
        if texts & {"--exit", "-e"} or any(one.name in {"exit", "exit_code"} for one in call.arguments):
            patch.report(call.node)
