"""``manage.py`` of Django 1.3, which imported the settings: later ones name them.

https://docs.djangoproject.com/en/1.8/releases/1.4/#updated-default-project-layout-and-manage-py
"""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.calls import Call, call_of
from djup.source.edits import Edit
from djup.source.tree import field, statement_of, text_of

_MANAGER = "django.core.management.execute_manager"
_MANAGE = """\
#!/usr/bin/env python
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "{}")
    # Modules are known by the name of this folder as well, as execute_manager() had it.
    sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
"""
_WRITTEN = {
    b"#!/usr/bin/env python", b"import imp", b"import os", b"import sys", b"import settings",
    b"from django.core.management import execute_manager",
}  # fmt: skip
"""What Django 1.3 wrote, besides the search for the settings and the call."""


def execute_manager(patch: Patch) -> None:
    """A ``manage.py`` becomes one of today where it holds what Django 1.3 wrote; in others the call is replaced.

    ``execute_manager()`` made the folder importable by its name (core/management/__init__.py of 1.4).
    """
    for node in patch.module.uses(_MANAGER):
        call = call_of(node)
        module = _settings_given(patch, call) if call is not None else ""
        if call is None or patch.skips(node):
            continue
        if module == "settings" and _is_plain(patch):
            patch.edit(Edit(start=0, end=len(patch.module.body), text=_MANAGE.format(module).encode()))
        elif module:
            _in_place(patch, call, module)


def _settings_given(patch: Patch, call: Call) -> str:
    """The module that a call is given, as it is imported in the file; ``""`` where that cannot be told."""
    if len(call.positional) != 1 or len(call.arguments) != 1 or call.unpacks:
        return ""
    bound = patch.module.bound_at(text_of(call.positional[0].value).decode(), call.node)
    found = {one.origin if one is not None else "" for one in bound}
    return found.pop() if len(found) == 1 else ""


def _is_plain(patch: Patch) -> bool:
    """Whether a script does nothing but look for the settings and run the command."""
    statements = patch.module.tree.root_node.named_children
    return all(
        text_of(one) in _WRITTEN or _looks_for_settings(one) or _runs(one) or _is_said(one) for one in statements
    )


def _is_said(statement: Node) -> bool:
    """Whether it is the comment that stood beside the settings."""
    return statement.type == "comment" and b"Assumed to be in the same directory" in text_of(statement)


def _looks_for_settings(statement: Node) -> bool:
    if statement.type != "try_statement":
        return False
    body = field(statement, "body")
    texts = [text_of(one).split(b"#")[0].strip() for one in body.named_children] if body is not None else []
    ends = b"sys.exit(" in text_of(statement)
    return ends and all(one.startswith(b"imp.find_module(") or one == b"import settings" for one in texts if one)


def _runs(statement: Node) -> bool:
    body = field(statement, "consequence") if statement.type == "if_statement" else None
    inner = [one for one in body.named_children if one.type != "comment"] if body is not None else []
    return len(inner) == 1 and text_of(inner[0]).startswith(b"execute_manager(")


def _in_place(patch: Patch, call: Call, module: str) -> None:
    """Name the settings and make the folder importable on the lines before the call."""
    statement = statement_of(call.node)
    body = patch.module.body
    indent = body[body.rfind(b"\n", 0, statement.start_byte) + 1 : statement.start_byte].decode()
    if statement.type != "expression_statement" or indent.strip():
        return
    os, sys = patch.need("", "os", call.node), patch.need("", "sys", call.node)
    lines = (
        f'{os}.environ.setdefault("DJANGO_SETTINGS_MODULE", "{module}")',
        f"{sys}.path.append({os}.path.join({os}.path.dirname({os}.path.abspath(__file__)), {os}.pardir))",
    )
    text = "".join(f"{line}\n{indent}" for line in lines)
    patch.edit(Edit(start=statement.start_byte, end=statement.start_byte, text=text.encode()))
    patch.replace(call.function, patch.need("django.core.management", "execute_from_command_line", call.node))
    patch.replace(call.positional[0].value, f"{sys}.argv")
