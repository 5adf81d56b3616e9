"""Point at test cases in files that the test runner no longer looks into."""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch
from djup.source.tree import field, text_of


def misplaced_tests(patch: Patch) -> None:
    """Point at test cases in files that the test runner no longer looks into."""
    if patch.module.path.name.startswith("test") or "tests" in patch.module.path.parts[:-1]:
        return
    for definition in patch.module.classes():
        if any(
            base.startswith("django.test.") and base.endswith("TestCase") for base in patch.module.bases(definition)
        ):
            body = field(definition, "body")
            if body is not None and re.search(rb"\bdef test", text_of(body)):
                patch.report(definition)
