"""Tests of early releases: what they may do without saying so, and what Django asks of them now."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.class_bodies import attributes_of, insert_attribute, statements_of
from djup.fixers.patch import Patch
from djup.knowledge.search import has_base
from djup.source.edits import Edit
from djup.source.statements import is_docstring
from djup.source.text import line_end
from djup.source.tree import field, text_of, walk, within

_SIMPLE = ("django.test.SimpleTestCase", "django.test.testcases.SimpleTestCase")
_QUERY = re.compile(rb"\.objects\.|\.save\(|\.delete\(|\.cursor\(")


def simple_test_case_queries(patch: Patch) -> None:
    """A ``SimpleTestCase`` that asks the database says that it may.

    https://docs.djangoproject.com/en/1.9/releases/1.9/#miscellaneous
    """
    for definition in patch.module.classes():
        if patch.skips(definition) or not set(_SIMPLE).intersection(patch.module.bases(definition)):
            continue
        if not {"allow_database_queries", "databases"}.isdisjoint(attributes_of(definition)):
            continue
        if _QUERY.search(text_of(field(definition, "body"))):
            insert_attribute(patch, definition, "allow_database_queries = True")


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


def static_live_server(patch: Patch) -> None:
    """``LiveServerTestCase`` that serves the files of apps is ``StaticLiveServerTestCase``.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#miscellaneous
    """
    for home in ("django.test", "django.test.testcases"):
        for node in patch.module.uses(f"{home}.LiveServerTestCase"):
            if not patch.skips(node):
                new = patch.need("django.contrib.staticfiles.testing", "StaticLiveServerTestCase", node)
                patch.replace(node, new)
