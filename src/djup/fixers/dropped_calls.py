"""Calls that do nothing any more."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.patch import Patch
from djup.fixers.settings import drop_setting
from djup.source.calls import call_of
from djup.source.tree import statement_of


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


def drop_call(patch: Patch, call: Node) -> None:
    """Take a call out that stands as a statement; the only one of its block becomes ``pass``, others are reported."""
    statement = statement_of(call)
    if statement.type != "expression_statement" or statement.named_children != [call]:
        patch.report(call)
        return
    drop_setting(patch, call)
