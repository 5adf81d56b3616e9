"""Options of databases in settings."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import assigned, entries, keys
from djup.source import tree as syntax
from djup.source.calls import append_items, remove_item
from djup.source.strings import string_value
from djup.source.tree import field, walk, within


def postgresql_autocommit(patch: Patch) -> None:
    """PostgreSQL commits every query by itself now, whatever the option says."""
    for _, value in assigned(patch, "DATABASES"):
        for options in (node for node in walk(value) if node.type == "dictionary"):
            given = keys(options).get("autocommit")
            outer = within(options.parent, "dictionary") if options.parent is not None else None
            engine = string_value(keys(outer).get("ENGINE")) if outer is not None else None
            if given is None or given.parent is None or "postg" not in (engine or ""):
                continue
            patch.edit(remove_item(patch.module.body, options, given.parent))


def mysql_isolation(patch: Patch) -> None:
    """Leave the isolation level of MySQL to the server, as it was until 2.0.

    https://docs.djangoproject.com/en/2.0/releases/2.0/#default-mysql-isolation-level-is-read-committed
    """
    if patch.module.path not in patch.facts.settings.modules:
        return
    for assignment in patch.module.assignments("DATABASES"):
        value = field(assignment, "right")
        if value is None or patch.skips(assignment):
            continue
        for database in (node for node in walk(value) if node.type == "dictionary"):
            given = keys(database)
            if not (string_value(given.get("ENGINE")) or "").endswith(".mysql"):
                continue
            options = given.get("OPTIONS")
            if options is None:
                text = '"OPTIONS": {"isolation_level": None}'
                patch.edit(append_items(patch.module.body, database, [text]))
            elif options.type != "dictionary":
                patch.report(options)
            elif "isolation_level" not in keys(options):
                patch.edit(append_items(patch.module.body, options, ['"isolation_level": None']))


def mysql_charset(patch: Patch) -> None:
    """Point at MySQL databases that do not name a character set."""
    for pair in entries(patch, "ENGINE"):
        table = pair.parent
        engine = string_value(field(pair, "value")) or ""
        if table is None or not engine.endswith(".mysql"):
            continue
        keys = [string_value(field(one, "key")) for one in syntax.walk(table) if one.type == "pair"]
        if "charset" not in keys:
            patch.report(pair)
