"""Settings that were renamed or dropped, and defaults that changed and are kept by a pinned value."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.patch import Patch
from djup.knowledge.changes import Pin, Setting
from djup.source.calls import append_items, remove_item, rename_keyword
from djup.source.edits import Edit
from djup.source.python import Module
from djup.source.statements import remove_statement
from djup.source.text import line_end
from djup.source.tree import field, statement_of, text_of

CONFIGURE = "django.conf.settings.configure"
"""The call by which test scripts of reusable apps give their settings."""

OVERRIDES = (
    "django.test.override_settings", "django.test.utils.override_settings", ".settings",
    "django.test.modify_settings", "django.test.utils.modify_settings", ".modify_settings",
)  # fmt: skip
"""The calls that give settings as keywords."""


def settings(patch: Patch) -> None:
    """Carry out ``[[change.settings]]``: assignments in settings modules, ``settings.NAME`` and overrides in tests."""
    for setting in patch.change.settings:
        if patch.module.path in patch.facts.settings:
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
        drop_setting(patch, assignment)


def _rename_reads(patch: Patch, setting: Setting) -> None:
    """Where a settings module builds on a value it has given, or adds to it."""
    for node in patch.module.spelled(setting.name):
        parent = node.parent
        is_name = parent is None or parent.type not in {"attribute", "keyword_argument", "assignment"}
        if is_name or (parent is not None and parent.type == "assignment" and field(parent, "right") == node):
            patch.replace(node, setting.new)


def drop_setting(patch: Patch, assignment: Node) -> None:
    """Take an assignment out, with the comment that belongs to it alone; an emptied block gets ``pass``."""
    statement = statement_of(assignment)
    block = statement.parent
    others = (
        [] if block is None else [one for one in block.named_children if one.type != "comment" and one != statement]
    )
    if block is not None and block.type == "block" and not others:
        patch.replace(statement, "pass")
        return
    edit = remove_statement(patch.module.body, statement)
    patch.edit(_with_comment(patch.module.body, edit))


def _with_comment(body: bytes, edit: Edit) -> Edit:
    """Widen the removal to the comment just above, where blank lines set both apart, and to one blank line."""
    start, end = edit.start, edit.end
    following = _line_at(body, end)
    if (start and body[start - 1 : start] != b"\n") or following.strip():
        return edit
    top = start
    while top and _line_before(body, top).strip().startswith(b"#"):
        top -= len(_line_before(body, top))
    if start and not top:
        return edit  # what a file begins with is about all of it
    if not top or not _line_before(body, top).strip():
        start = top
        if end < len(body):
            return Edit(start=start, end=end + len(following), text=b"")
        while start and not _line_before(body, start).strip():
            start -= len(_line_before(body, start))
    return Edit(start=start, end=end, text=b"")


def _line_at(body: bytes, offset: int) -> bytes:
    end = body.find(b"\n", offset)
    return body[offset:] if end < 0 else body[offset : end + 1]


def _line_before(body: bytes, offset: int) -> bytes:
    return body[body.rfind(b"\n", 0, offset - 1) + 1 : offset]


def _rename_uses(patch: Patch, setting: Setting) -> None:
    for node in patch.module.uses(f"django.conf.settings.{setting.name}"):
        name = field(node, "attribute")
        if name is not None and not patch.skips(node):
            patch.replace(name, setting.new)
    for call in (one for name in OVERRIDES for one in patch.module.calls(name)):
        named = call.keyword(setting.name)
        if named is not None and not patch.skips(call.node):
            patch.edit(rename_keyword(named, setting.new))


def pin(patch: Patch) -> None:
    """Carry out ``[change.pin]`` in a settings module that holds the project's settings and does not give the value."""
    wanted = patch.change.pin
    if wanted is None:
        return
    module = patch.module
    _pin_in_configure(patch, wanted)
    if module.path not in patch.facts.holders:
        return
    if any(module.assignments(name) for name in (wanted.name, *wanted.unless)):
        return
    if patch.facts.given_elsewhere.intersection((wanted.name, *wanted.unless)):
        return
    if wanted.requires and not any(one.encode() in module.body for one in wanted.requires):
        return
    place = pin_place(module, wanted.near)
    if place is None:
        return
    newline = line_end(module.body)
    text = newline.join([f"# {wanted.comment}".encode(), f"{wanted.name} = {wanted.value}".encode(), b""])
    lead = b"" if place == 0 or module.body[place - 1 : place] == b"\n" else newline
    rest = module.body[place : module.body.find(b"\n", place) + 1 or len(module.body)]
    patch.edit(Edit(start=place, end=place, text=lead + newline + text + (newline if rest.strip() else b"")))


def _pin_in_configure(patch: Patch, wanted: Pin) -> None:
    for call in patch.module.calls(CONFIGURE):
        given = {one.name for one in call.arguments}
        if call.unpacks or "INSTALLED_APPS" not in given or given.intersection((wanted.name, *wanted.unless)):
            continue
        if wanted.requires and not any(one.encode() in patch.module.body for one in wanted.requires):
            continue
        patch.edit(append_items(patch.module.body, call.brackets, [f"{wanted.name}={wanted.value}"]))


def pin_place(module: Module, near: tuple[str, ...]) -> int | None:
    """The byte after the line of the setting it belongs to, else after the last plain setting of the module."""
    statements = [one for one in module.tree.root_node.named_children if _is_setting(one)]
    for name in near:
        for one in statements:
            if text_of(field(one.named_children[0], "left")).decode() == name:
                return _line_after(module, one)
    return _line_after(module, statements[-1]) if statements else None


def _is_setting(statement: Node) -> bool:
    if statement.type != "expression_statement" or statement.named_children[0].type != "assignment":
        return False
    left = field(statement.named_children[0], "left")
    return left is not None and left.type == "identifier" and text_of(left).isupper()


def _line_after(module: Module, statement: Node) -> int:
    end = module.body.find(b"\n", statement.end_byte)
    return len(module.body) if end < 0 else end + 1
