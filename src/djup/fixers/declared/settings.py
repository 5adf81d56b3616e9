"""Settings that were renamed or dropped, and defaults that changed and are kept by a pinned value."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import CONFIGURE, OVERRIDES
from djup.fixers.syntax.statements import drop_statement
from djup.knowledge.changes import Setting
from djup.source.calls import remove_item, rename_keyword
from djup.source.tree import field, text_of


def settings(patch: Patch) -> None:
    """Carry out ``[[change.settings]]``: assignments in settings modules, ``settings.NAME`` and overrides in tests."""
    for setting in patch.change.settings:
        if patch.module.path in patch.facts.settings.modules:
            for assignment in patch.module.assignments(setting.name):
                _in_settings(patch, assignment, setting)
            if setting.new and not setting.values and not patch.module.assignments(setting.name):
                _rename_reads(patch, setting)
        _in_configure(patch, setting)
        if setting.new:
            _rename_uses(patch, setting)


def _in_configure(patch: Patch, setting: Setting) -> None:
    for call in patch.module.calls(CONFIGURE):
        named = call.keyword(setting.name)
        if named is None or patch.skips(named.node):
            continue
        if setting.values and text_of(named.value).decode() not in setting.values:
            continue
        rewritten = rename_keyword(named, setting.new) if setting.new else None
        patch.edit(rewritten or remove_item(patch.module.body, call.brackets, named.node))


def _in_settings(patch: Patch, assignment: Node, setting: Setting) -> None:
    value, name = field(assignment, "right"), field(assignment, "left")
    if patch.skips(assignment) or value is None or name is None:
        return
    if setting.values and text_of(value).decode() not in setting.values:
        return
    if setting.new and patch.module.assignments(setting.new):
        patch.report(assignment)
    elif setting.new:
        patch.replace(name, setting.new)
        if not setting.values:
            _rename_reads(patch, setting)
    elif value.type == "assignment":
        patch.report(assignment)
    else:
        drop_statement(patch, assignment)


def _rename_reads(patch: Patch, setting: Setting) -> None:
    """Where a settings module builds on a value it has given, or adds to it."""
    for node in patch.module.spelled(setting.name):
        parent = node.parent
        is_name = parent is None or parent.type not in {"attribute", "keyword_argument", "assignment"}
        if is_name or (parent is not None and parent.type == "assignment" and field(parent, "right") == node):
            patch.replace(node, setting.new)


def _rename_uses(patch: Patch, setting: Setting) -> None:
    for node in patch.module.uses(f"django.conf.settings.{setting.name}"):
        name = field(node, "attribute")
        if name is not None and not patch.skips(node):
            patch.replace(name, setting.new)
    for call in (one for name in OVERRIDES for one in patch.module.calls(name)):
        named = call.keyword(setting.name)
        if named is not None and not patch.skips(call.node):
            patch.edit(rename_keyword(named, setting.new))
