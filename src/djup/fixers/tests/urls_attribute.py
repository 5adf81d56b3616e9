"""``urls`` of a test case is ``@override_settings(ROOT_URLCONF=…)`` above it."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.methods import line_before
from djup.fixers.syntax.statements import drop_statement
from djup.knowledge.search import has_base
from djup.source.tree import field, statement_of, text_of, within


def test_urls(patch: Patch) -> None:
    """``urls`` of a test case is ``@override_settings(ROOT_URLCONF=…)`` above it.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#django-test-simpletestcase-urls
    """
    for assignment in patch.module.assignments("urls"):
        owner, value = within(assignment, "class_definition"), field(assignment, "right")
        if owner is None or value is None or patch.skips(assignment):
            continue
        if statement_of(assignment).parent != field(owner, "body") or not has_base(patch.module, owner, ("TestCase",)):
            continue
        if value.type not in {"string", "identifier", "attribute"}:
            patch.report(assignment)
            continue
        override = patch.need("django.test", "override_settings", assignment)
        line_before(patch, owner, f"@{override}(ROOT_URLCONF={text_of(value).decode()})")
        drop_statement(patch, assignment)
