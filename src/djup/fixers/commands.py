"""Management commands that were renamed, where code calls them."""

from __future__ import annotations

from djup.fixers.command_calls import calls_of
from djup.fixers.patch import Patch
from djup.knowledge.search import command_uses
from djup.source.calls import remove_item, rename_keyword
from djup.source.edits import Edit
from djup.source.strings import literal


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
    for call in calls_of(patch, "dumpdata"):
        if patch.skips(call.node):
            continue
        named = call.keyword("use_natural_keys")
        if named is not None:
            patch.edit(rename_keyword(named, "use_natural_foreign_keys"))
        for argument in call.positional[1:]:
            one = literal(argument.value)
            if one is not None and one.value in {"--natural", "-n"}:
                patch.edit(Edit(start=one.content_start, end=one.content_end, text=b"--natural-foreign"))


def fake_initial(patch: Patch) -> None:
    """Point at calls of ``migrate`` for all apps that do not say whether first migrations are faked."""
    for call in calls_of(patch, "migrate"):
        given = {one.name for one in call.arguments}
        if len(call.positional) == 1 and not call.unpacks and not given & {"fake", "fake_initial"}:
            patch.report(call.node)


def syncdb_options(patch: Patch) -> None:
    """``migrate`` and ``migrate_all`` were options that South gave to ``syncdb``: they go with it.

    https://south.readthedocs.io/en/latest/commands.html#syncdb
    """
    for call in calls_of(patch, "syncdb"):
        for name in ("migrate", "migrate_all"):
            named = call.keyword(name)
            if named is not None and not patch.skips(call.node):
                patch.edit(remove_item(patch.module.body, call.brackets, named.node))
