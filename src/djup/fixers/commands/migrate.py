"""Point at calls of ``migrate`` for all apps that do not say whether first migrations are faked."""

from __future__ import annotations

from djup.fixers.commands.call_command import calls_of
from djup.fixers.engine.patch import Patch
from djup.source.calls import remove_item


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
