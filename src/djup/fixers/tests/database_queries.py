"""A ``SimpleTestCase`` that asks the database says that it may."""

from __future__ import annotations

import re

from djup.fixers.commands.requires_system_checks import option_values
from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.class_bodies import attributes_of, insert_attribute
from djup.fixers.syntax.statements import drop_statement
from djup.source.tree import field, text_of

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


def test_databases(patch: Patch) -> None:
    """``multi_db`` and ``allow_database_queries`` of a test case are ``databases``.

    https://docs.djangoproject.com/en/2.2/releases/2.2/#features-deprecated-in-2-2
    """
    for option in ("multi_db", "allow_database_queries"):
        for assignment in option_values(patch, option):
            name, value = field(assignment, "left"), field(assignment, "right")
            if name is None or value is None:
                continue
            if text_of(value) == b"True":
                patch.replace(name, "databases")
                patch.replace(value, '"__all__"')
            elif text_of(value) == b"False":
                drop_statement(patch, assignment)
            else:
                patch.report(assignment)
