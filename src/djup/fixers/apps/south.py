"""South: its settings and rules go with Django's own migrations, the migrations it made are left to a person.

https://docs.djangoproject.com/en/1.8/topics/migrations/#upgrading-from-south
"""

from __future__ import annotations

from djup.facts.files import is_migration
from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import assigned
from djup.fixers.syntax.statements import drop_call, drop_statement
from djup.source.calls import call_of, remove_item
from djup.source.strings import string_value
from djup.source.tree import walk

_SETTINGS = (
    "SOUTH_MIGRATION_MODULES", "SOUTH_TESTS_MIGRATE", "SKIP_SOUTH_TESTS", "SOUTH_DATABASE_ADAPTERS",
    "SOUTH_DATABASE_ADAPTER", "SOUTH_AUTO_FREEZE_APP", "SOUTH_LOGGING_ON", "SOUTH_LOGGING_FILE", "SOUTH_USE_PYC",
)  # fmt: skip
_APPS = ("INSTALLED_APPS", "DEV_APPS", "THIRD_PARTY_APPS")
_RULES = ("add_introspection_rules", "add_ignored_fields")


def south(patch: Patch) -> None:
    """Take South out of the installed apps and the settings, and the rules by which it knew fields."""
    if is_migration(patch.module.path):
        _point_at_first(patch)
        return
    dropped = {one for name in _RULES for one in patch.module.imported(f"south.modelsinspector.{name}")}
    for one in patch.module.imports:
        if one.module.split(".")[0] == "south" and not one.conditional and one not in dropped:
            patch.report(one.item)
    _uninstall(patch)
    for name in _SETTINGS:
        for assignment, value in assigned(patch, name):
            if value.type != "assignment":
                drop_statement(patch, assignment)
    for name in _RULES:
        for node in patch.module.uses(f"south.modelsinspector.{name}"):
            call = call_of(node)
            if call is not None and not patch.skips(node):
                drop_call(patch, call.node)


def _uninstall(patch: Patch) -> None:
    for _, value in (pair for name in _APPS for pair in assigned(patch, name)):
        for node in walk(value):
            listed = node.parent is not None and node.parent.type in {"list", "tuple"}
            if node.parent is not None and listed and string_value(node) == "south":
                patch.edit(remove_item(patch.module.body, node.parent, node))


def _point_at_first(patch: Patch) -> None:
    """Of the migrations of an app only the first is pointed at: all of them make room for a new one."""
    if patch.module.path.stem.startswith("0001"):
        for one in patch.module.imports:
            if one.module.split(".")[0] == "south":
                patch.report(one.item)
                return
