"""Scripts that use Django by themselves, and WSGI scripts: both set it up.

https://docs.djangoproject.com/en/1.8/releases/1.7/#standalone-scripts
"""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.patch import Patch
from djup.source.calls import call_of, remove_item
from djup.source.edits import Edit
from djup.source.strings import string_value
from djup.source.text import line_end
from djup.source.tree import FUNCTIONS, field, statement_of, text_of, within

_SETS_UP = re.compile(
    rb"django\.setup\(|import setup\b|get_wsgi_application|execute_from_command_line|execute_manager|\bCelery\(|"
    rb"WSGIHandler|call_command|setup_environ|\bapps\.populate\("
)
_BESIDE = {"models", "tests", "management", "templatetags", "migrations", "utils"}
_NEEDS = re.compile(rb"\bmodels\b|get_runner|TestSuiteRunner|DiscoverRunner|run_tests|get_user_model")


def django_setup(patch: Patch) -> None:
    """Below the line that names the settings, or the call that gives them, Django is set up."""
    module = patch.module
    if module.path.stem in {"manage", "wsgi", "settings"} or module.path in patch.facts.settings:
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


def wsgi_handler(patch: Patch) -> None:
    """``WSGIHandler()`` is ``get_wsgi_application()``; classes derived from it are left alone.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#wsgi-scripts
    """
    for node in patch.module.uses("django.core.handlers.wsgi.WSGIHandler"):
        call = call_of(node)
        if call is not None and not call.arguments and not patch.skips(node):
            patch.replace(node, patch.need("django.core.wsgi", "get_wsgi_application", node))


def models_while_loading(patch: Patch) -> None:
    """Point at models that the root of a package imports."""
    path = patch.module.path
    if path.name != "__init__.py" or _BESIDE.intersection(path.parts):
        return
    for one in patch.module.imports:
        named = one.module.rpartition(".")[2] == "models" or one.name == "models"
        apart = one.module.startswith("django.") or one.module.endswith("utils.models")
        if named and not apart and within(one.statement, *FUNCTIONS) is None:
            patch.report(one.statement)


def app_labels(patch: Patch) -> None:
    """An app that is listed twice is listed once; two apps of the same label are left to a person.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#app-registry-consistency
    """
    if patch.module.path not in patch.facts.settings:
        return
    for assignment in patch.module.assignments("INSTALLED_APPS"):
        value = field(assignment, "right")
        if value is None or value.type not in {"list", "tuple"} or patch.skips(assignment):
            continue
        seen: dict[str, str] = {}
        for node in [one for one in value.named_children if one.type == "string"]:
            name = string_value(node) or ""
            label = name.rpartition(".")[2]
            if seen.get(label) == name:
                patch.edit(remove_item(patch.module.body, value, node))
            elif label in seen:
                patch.report(node)
            seen.setdefault(label, name)
