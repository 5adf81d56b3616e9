"""``DATABASES``: the settings of test databases."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.patch import Patch
from djup.fixers.site_settings import assigned, keys
from djup.source.calls import remove_item
from djup.source.strings import literal, string_value
from djup.source.tree import field, text_of, walk, within

_KEYS = {
    "TEST_CHARSET": "CHARSET", "TEST_COLLATION": "COLLATION", "TEST_NAME": "NAME", "TEST_MIRROR": "MIRROR",
    "TEST_DEPENDENCIES": "DEPENDENCIES", "TEST_CREATE": "CREATE_DB", "TEST_USER_CREATE": "CREATE_USER",
    "TEST_USER": "USER", "TEST_PASSWD": "PASSWORD", "TEST_TBLSPACE": "TBLSPACE", "TEST_TBLSPACE_TMP": "TBLSPACE_TMP",
}  # fmt: skip


def database_test_settings(patch: Patch) -> None:
    """The ``TEST_…`` keys of each database become one dictionary, in the place of the first of them.

    What each is called there: ``ConnectionHandler.prepare_test_settings()`` of Django 1.7 (django/db/utils.py).
    """
    if patch.module.path not in patch.facts.settings:
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


_CODES = {"zh-cn": "zh-hans", "zh-tw": "zh-hant", "fy-nl": "fy"}


def chinese_codes(patch: Patch) -> None:
    """``zh-cn``, ``zh-tw`` and ``fy-nl`` have new names in ``LANGUAGE_CODE`` and ``LANGUAGES``.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#language-codes-zh-cn-zh-tw-and-fy-nl
    """
    for name in ("LANGUAGE_CODE", "LANGUAGES"):
        for _, value in assigned(patch, name):
            for node in walk(value):
                new = _CODES.get((string_value(node) or "").lower()) if node.type == "string" else None
                one = literal(node)
                if new is not None and one is not None:
                    patch.replace(node, f"{one.prefix}{one.quotes}{new}{one.quotes}")
