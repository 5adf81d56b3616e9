"""``request.is_ajax()``: the header it looked at, spelled out.

https://docs.djangoproject.com/en/3.1/releases/3.1/#features-deprecated-in-3-1
"""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch, receiver_of
from djup.fixers.engine.template_patch import TemplatePatch
from djup.source.calls import call_of

SAFE_AROUND = {
    "if_statement", "elif_clause", "while_statement", "not_operator", "boolean_operator", "argument_list",
    "assignment", "return_statement", "keyword_argument", "parenthesized_expression", "conditional_expression",
    "expression_statement",
}  # fmt: skip
"""Where a comparison may stand without brackets."""


def is_ajax(patch: Patch) -> None:
    """Rewrite the call where the object is named like a request; anything else is left to a person."""
    for node in patch.module.attributes("is_ajax"):
        call = call_of(node)
        if patch.skips(node):
            continue
        receiver = receiver_of(node)
        if call is None or call.arguments or receiver.rpartition(".")[2] not in {"request", "_request"}:
            patch.report(node)
            continue
        text = f'{receiver}.headers.get("x-requested-with") == "XMLHttpRequest"'
        around = call.node.parent
        patch.replace(call.node, text if around is not None and around.type in SAFE_AROUND else f"({text})")


_AJAX = re.compile(rb"\brequest\.is_ajax\b")


def is_ajax_in_templates(patch: TemplatePatch) -> None:
    """Point at each ``request.is_ajax``: a template cannot read a header with a dash in its name."""
    for token in patch.tokens:
        for match in _AJAX.finditer(patch.body, token.start, token.end):
            patch.report(match.start())
