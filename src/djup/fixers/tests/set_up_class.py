"""``setUpClass()`` first calls what it overrides, ``tearDownClass()`` last."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.class_bodies import statements_of
from djup.knowledge.search import has_base
from djup.source.edits import Edit
from djup.source.statements import is_docstring
from djup.source.text import line_end
from djup.source.tree import field, text_of, walk, within


def set_up_class(patch: Patch) -> None:
    """``setUpClass()`` first calls what it overrides, ``tearDownClass()`` last.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#overriding-setupclass-teardownclass-in-test-cases
    """
    for name in ("setUpClass", "tearDownClass"):
        for definition in patch.module.methods(name):
            owner = within(definition, "class_definition")
            if owner is None or patch.skips(definition) or name.encode() + b"(" in text_of(field(definition, "body")):
                continue
            if has_base(patch.module, owner, ("TestCase",)):
                _call_overridden(patch, owner, definition, name)


def _call_overridden(patch: Patch, owner: Node, definition: Node, name: str) -> None:
    statements = statements_of(definition)
    first = statements[1] if len(statements) > 1 and is_docstring(statements[0]) else statements[0]
    body, parameters = patch.module.body, field(definition, "parameters")
    start = body.rfind(b"\n", 0, first.start_byte) + 1
    indent = body[start : first.start_byte].decode()
    own = [one for one in parameters.named_children if one.type == "identifier"] if parameters is not None else []
    if indent.strip() or len(own) != 1 or any(one.type == "return_statement" for one in walk(definition)):
        patch.report(definition)
        return
    line = f"super({text_of(field(owner, 'name')).decode()}, {text_of(own[0]).decode()}).{name}()"
    newline = line_end(body).decode()
    if first.type == "pass_statement":
        patch.replace(first, line)
    elif name == "setUpClass":
        patch.edit(Edit(start=start, end=start, text=f"{indent}{line}{newline}".encode()))
    else:
        end = body.find(b"\n", statements[-1].end_byte)
        place, lead, tail = (len(body), newline, "") if end < 0 else (end + 1, "", newline)
        patch.edit(Edit(start=place, end=place, text=f"{lead}{indent}{line}{tail}".encode()))
