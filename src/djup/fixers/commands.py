"""Management commands that were renamed, where code calls them."""

from __future__ import annotations

from djup.fixers.patch import Patch
from djup.knowledge.search import command_uses
from djup.source.calls import append_items, rename_keyword
from djup.source.edits import Edit
from djup.source.strings import literal, string_value

CALL_COMMAND = "django.core.management.call_command"


def commands(patch: Patch) -> None:
    """Carry out ``[change.commands]`` that have a new name, in calls of ``call_command()``."""
    for old, new in patch.change.commands.items():
        for node, name in command_uses(old, patch.module):
            one = literal(name)
            if new and one is not None and not patch.skips(node):
                patch.edit(Edit(start=one.content_start, end=one.content_end, text=new.encode()))


def dumpdata_natural(patch: Patch) -> None:
    """``dumpdata`` takes ``use_natural_foreign_keys``, and ``--natural-foreign`` in place of ``--natural`` and ``-n``.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#natural-key-serialization-options
    """
    for call in patch.module.calls(CALL_COMMAND):
        if not call.positional or string_value(call.positional[0].value) != "dumpdata" or patch.skips(call.node):
            continue
        named = call.keyword("use_natural_keys")
        if named is not None:
            patch.edit(rename_keyword(named, "use_natural_foreign_keys"))
        for argument in call.positional[1:]:
            one = literal(argument.value)
            if one is not None and one.value in {"--natural", "-n"}:
                patch.edit(Edit(start=one.content_start, end=one.content_end, text=b"--natural-foreign"))


def fake_initial(patch: Patch) -> None:
    """``migrate`` of all apps fakes first migrations of tables that are there, as it did unasked in 1.7.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#miscellaneous
    """
    for call in patch.module.calls(CALL_COMMAND):
        if not call.positional or string_value(call.positional[0].value) != "migrate" or call.unpacks:
            continue
        given = {one.name for one in call.arguments}
        if len(call.positional) == 1 and not given & {"fake", "fake_initial"} and not patch.skips(call.node):
            patch.edit(append_items(patch.module.body, call.brackets, ["fake_initial=True"]))
