"""``is_authenticated`` and ``is_anonymous`` of users: attributes, no longer methods.

https://docs.djangoproject.com/en/1.10/releases/1.10/#using-user-is-authenticated-and-user-is-anonymous-as-methods
"""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.other_releases import is_for_other_releases
from djup.knowledge.search import has_base
from djup.source.calls import call_of
from djup.source.edits import Edit
from djup.source.text import line_end
from djup.source.tree import field, text_of, within

_NAMES = ("is_authenticated", "is_anonymous")
_USER = re.compile(rb"user\w*$|(?:^|[._])(?:author|visitor|viewer|member|owner|admin|staff|creator)$", re.IGNORECASE)
_KEY = re.compile(rb"\[[\"']\w*user[\"']\]$", re.IGNORECASE)
_TESTS = (b"user_passes_test", b"test_func")
_GETTERS = (b"get_user", b"AnonymousUser", b"get_current_user")
_BASES = ("AbstractBaseUser", "AbstractUser", "User", "AnonymousUser", "PermissionsMixin")


def user_checks(patch: Patch) -> None:
    """Drop the parentheses where the object is named like a user; anything else is left to a person."""
    for name in _NAMES:
        for node in patch.module.attributes(name):
            call, owner = call_of(node), field(node, "object")
            if call is None or call.arguments or owner is None or patch.skips(node) or is_for_other_releases(node):
                continue
            if _is_user(patch, owner):
                brackets = call.brackets
                patch.edit(Edit(start=brackets.start_byte, end=brackets.end_byte, text=b""))
            else:
                patch.report(node)


def _is_user(patch: Patch, owner: Node) -> bool:
    if owner.type == "call":
        return text_of(field(owner, "function")).endswith(_GETTERS)
    if text_of(owner) == b"self":
        definition = within(owner, "class_definition")
        return definition is not None and has_base(patch.module, definition, _BASES)
    if owner.type == "subscript":
        return _KEY.search(text_of(owner)) is not None
    if owner.type not in {"identifier", "attribute"}:
        return False
    return _USER.search(text_of(owner)) is not None or _is_tested(owner)


def _is_tested(owner: Node) -> bool:
    """Whether a name is that of a test which Django calls with a user: ``user_passes_test(lambda u: …)``."""
    test = within(owner, "lambda")
    parameters = field(test, "parameters") if test is not None else None
    if test is None or text_of(parameters) != text_of(owner):
        return False
    call, assignment = within(test, "call"), within(test, "assignment")
    if call is not None and text_of(field(call, "function")).endswith(_TESTS):
        return True
    return assignment is not None and text_of(field(assignment, "left")).endswith(_TESTS)


def user_properties(patch: Patch) -> None:
    """Make methods of these names in models of users properties."""
    for name in _NAMES:
        for definition in patch.module.methods(name):
            owner, parameters = within(definition, "class_definition"), field(definition, "parameters")
            around = definition.parent
            if owner is None or parameters is None or patch.skips(definition):
                continue
            if around is not None and around.type == "decorated_definition":
                continue
            if not has_base(patch.module, owner, _BASES) or len(parameters.named_children) != 1:
                if b"User" in text_of(field(owner, "name")):
                    patch.report(definition)
                continue
            start, body = definition.start_byte, patch.module.body
            indent = body[body.rfind(b"\n", 0, start) + 1 : start]
            patch.edit(Edit(start=start, end=start, text=b"@property" + line_end(body) + indent))
