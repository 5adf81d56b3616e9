"""Below the line that names the settings, or the call that gives them, Django is set up."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.edits import Edit
from djup.source.text import line_end
from djup.source.tree import FUNCTIONS, statement_of, text_of, within

_SETS_UP = re.compile(
    rb"django\.setup\(|import setup\b|get_wsgi_application|execute_from_command_line|execute_manager|\bCelery\(|"
    rb"WSGIHandler|call_command|setup_environ|\bapps\.populate\("
)
_NEEDS = re.compile(rb"\bmodels\b|get_runner|TestSuiteRunner|DiscoverRunner|run_tests|get_user_model")


def django_setup(patch: Patch) -> None:
    """Below the line that names the settings, or the call that gives them, Django is set up."""
    module = patch.module
    if module.path.stem in {"manage", "wsgi", "settings"} or module.path in patch.facts.settings.modules:
        return
    if _SETS_UP.search(module.body) or not _NEEDS.search(module.body):
        return
    found = [*_environment(patch), *(one.node for one in module.calls("django.conf.settings.configure"))]
    statements = [statement_of(node) for node in found if within(node, *FUNCTIONS) is None and not patch.skips(node)]
    if len(statements) == 1 and statements[0].type == "expression_statement":
        _set_up(patch, statements[0])


def _environment(patch: Patch) -> list[Node]:
    """The places where DJANGO_SETTINGS_MODULE is given a value."""
    found = []
    for node in patch.module.strings("DJANGO_SETTINGS_MODULE"):
        outer = node.parent
        if outer is None:
            continue
        if outer.type == "subscript" and outer.parent is not None and outer.parent.type == "assignment":
            found.append(outer.parent)
        elif outer.type == "argument_list" and b"setdefault" in text_of(outer.parent):
            found.append(outer)
    return found


def _set_up(patch: Patch, statement: Node) -> None:
    body = patch.module.body
    indent = body[body.rfind(b"\n", 0, statement.start_byte) + 1 : statement.start_byte]
    end = body.find(b"\n", statement.end_byte)
    if indent.strip() or end < 0:
        return
    newline = line_end(body)
    lines = b"".join(indent + line + newline for line in (b"import django", b"django.setup()"))
    patch.edit(Edit(start=end + 1, end=end + 1, text=lines))
