"""Tests of early releases: what they may do without saying so, and what Django asks of them now."""

from __future__ import annotations

import re

from djup.fixers.class_bodies import attributes_of, insert_attribute
from djup.fixers.patch import Patch
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
        if "allow_database_queries" in attributes_of(definition):
            continue
        if _QUERY.search(text_of(field(definition, "body"))):
            insert_attribute(patch, definition, "allow_database_queries = True")
