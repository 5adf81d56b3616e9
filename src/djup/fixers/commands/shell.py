"""``call_command("shell", plain=True)`` is ``call_command("shell", interface="python")``."""

from __future__ import annotations

from djup.fixers.commands.call_command import calls_of
from djup.fixers.engine.patch import Patch
from djup.source.strings import string_value
from djup.source.tree import text_of


def shell_plain(patch: Patch) -> None:
    """``call_command("shell", plain=True)`` is ``call_command("shell", interface="python")``."""
    for call in calls_of(patch, "shell"):
        if patch.skips(call.node):
            continue
        named = call.keyword("plain")
        if named is not None and text_of(named.value) == b"True" and call.keyword("interface") is None:
            patch.replace(named.node, 'interface="python"')
        elif named is not None:
            patch.report(call.node)
        for one in call.positional[1:]:
            if string_value(one.value) == "--plain":
                patch.replace(one.node, '"--interface=python"')
