"""Take ``SERIALIZE`` out of ``TEST``."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import assigned, entries, keys
from djup.source.calls import remove_item
from djup.source.strings import literal, string_value
from djup.source.tree import field, text_of, walk, within


def test_serialize(patch: Patch) -> None:
    """Take ``SERIALIZE`` out of ``TEST``.

    https://docs.djangoproject.com/en/4.0/releases/4.0/#features-deprecated-in-4-0
    """
    for pair in entries(patch, "SERIALIZE"):
        table = pair.parent
        holder = table.parent if table is not None else None
        if table is None or holder is None or holder.type != "pair" or patch.skips(pair):
            continue
        if string_value(field(holder, "key")) == "TEST":
            patch.edit(remove_item(patch.module.body, table, pair))


_KEYS = {
    "TEST_CHARSET": "CHARSET", "TEST_COLLATION": "COLLATION", "TEST_NAME": "NAME", "TEST_MIRROR": "MIRROR",
    "TEST_DEPENDENCIES": "DEPENDENCIES", "TEST_CREATE": "CREATE_DB", "TEST_USER_CREATE": "CREATE_USER",
    "TEST_USER": "USER", "TEST_PASSWD": "PASSWORD", "TEST_TBLSPACE": "TBLSPACE", "TEST_TBLSPACE_TMP": "TBLSPACE_TMP",
}  # fmt: skip


def database_test_settings(patch: Patch) -> None:
    """The ``TEST_…`` keys of each database become one dictionary, in the place of the first of them.

    What each is called there: ``ConnectionHandler.prepare_test_settings()`` of Django 1.7 (django/db/utils.py).
    """
    if patch.module.path not in patch.facts.settings.modules:
        return
    for _, value in assigned(patch, "DATABASES"):
        for database in (node for node in walk(value) if node.type == "dictionary"):
            _gather(patch, database)
    for old in _KEYS:
        for node in patch.module.strings(old):
            around = within(node, "subscript", "dictionary")
            if around is not None and around.type == "subscript" and text_of(around).startswith(b"DATABASES["):
                patch.report(node)


def _gather(patch: Patch, database: Node) -> None:
    given = keys(database)
    found = [name for name in given if name in _KEYS]
    pairs = [pair for name in found if (pair := given[name].parent) is not None]
    if not found or len(pairs) != len(found):
        return
    if "TEST" in given:
        for pair in pairs:
            patch.report(pair)
        return
    key = literal(field(pairs[0], "key") or pairs[0])
    mark = key.quotes if key is not None else '"'
    inner = ", ".join(f"{mark}{_KEYS[name]}{mark}: {text_of(given[name]).decode()}" for name in found)
    patch.replace(pairs[0], f"{mark}TEST{mark}: {{{inner}}}")
    for pair in pairs[1:]:
        patch.edit(remove_item(patch.module.body, database, pair))
