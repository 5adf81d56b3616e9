"""``call_command("migrate", list=True)`` is ``call_command("showmigrations")``."""

from __future__ import annotations

from djup.fixers.commands.call_command import calls_of
from djup.fixers.engine.patch import Patch
from djup.source.calls import remove_item
from djup.source.edits import Edit
from djup.source.strings import literal, string_value
from djup.source.tree import text_of


def migrate_list(patch: Patch) -> None:
    """``call_command("migrate", list=True)`` is ``call_command("showmigrations")``."""
    for call in calls_of(patch, "migrate"):
        named = call.keyword("list")
        plain = next((one for one in call.positional if string_value(one.value) in {"--list", "-l"}), None)
        argument, name = named or plain, literal(call.positional[0].value)
        if argument is None or name is None or patch.skips(call.node):
            continue
        if named is not None and text_of(named.value) != b"True":
            patch.report(call.node)
            continue
        patch.edit(Edit(start=name.content_start, end=name.content_end, text=b"showmigrations"))
        patch.edit(remove_item(patch.module.body, call.brackets, argument.node))
