"""A ``TransactionTestCase`` that counts on ids asks for them."""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.class_bodies import attributes_of, insert_attribute
from djup.source.tree import field, text_of

_ID = re.compile(rb"\b(?:pk|id)\s*=\s*\d|/\d+/")
_TRANSACTION = {"django.test.TransactionTestCase", "django.test.testcases.TransactionTestCase"}


def reset_sequences(patch: Patch) -> None:
    """A ``TransactionTestCase`` that counts on ids asks for them.

    https://docs.djangoproject.com/en/1.8/releases/1.5/#no-more-implicit-db-sequences-reset
    """
    for definition in patch.module.classes():
        if not _TRANSACTION.intersection(patch.module.bases(definition)) or patch.skips(definition):
            continue
        if "reset_sequences" not in attributes_of(definition) and _ID.search(text_of(field(definition, "body"))):
            insert_attribute(patch, definition, "reset_sequences = True")
