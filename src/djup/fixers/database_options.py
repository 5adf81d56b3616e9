"""Options of databases in settings."""

from __future__ import annotations

from djup.fixers.patch import Patch
from djup.fixers.site_settings import keys
from djup.source.calls import append_items
from djup.source.strings import string_value
from djup.source.tree import field, walk


def mysql_isolation(patch: Patch) -> None:
    """Leave the isolation level of MySQL to the server, as it was until 2.0.

    https://docs.djangoproject.com/en/2.0/releases/2.0/#default-mysql-isolation-level-is-read-committed
    """
    if patch.module.path not in patch.facts.settings:
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
