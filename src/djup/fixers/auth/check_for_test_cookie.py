"""Calls of ``check_for_test_cookie()`` go; a class that overrides it is left to a person."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.statements import drop_call
from djup.source.calls import call_of


def check_for_test_cookie(patch: Patch) -> None:
    """Calls of ``check_for_test_cookie()`` go; a class that overrides it is left to a person.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#features-removed-in-1-7
    """
    for node in patch.module.attributes("check_for_test_cookie"):
        call = call_of(node)
        if call is not None and not call.arguments and not patch.skips(node):
            drop_call(patch, call.node)
    for definition in patch.module.methods("check_for_test_cookie"):
        patch.report(definition)
