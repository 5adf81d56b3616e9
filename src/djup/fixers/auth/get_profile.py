"""``get_profile()`` of users: the relation to the model that ``AUTH_PROFILE_MODULE`` named.

https://docs.djangoproject.com/en/1.8/releases/1.5/#auth-profile-module
"""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.engine.patch import Patch, receiver_of
from djup.fixers.engine.template_patch import TemplatePatch
from djup.fixers.syntax.setting_values import assigned
from djup.fixers.syntax.statements import drop_statement
from djup.source.calls import call_of
from djup.source.tree import field, text_of, within

_LOOKUP = re.compile(rb"(?<=\.)get_profile\b")


def get_profile(patch: Patch) -> None:
    """``user.get_profile()`` is ``user.profile``, or ``user.profile_set.get()`` by a unique relation."""
    accessor = patch.facts.models.profile
    if not accessor:
        for assignment, _ in assigned(patch, "AUTH_PROFILE_MODULE"):
            patch.report(assignment)
        return
    for node in patch.module.attributes("get_profile"):
        call = call_of(node)
        if call is None or call.arguments or patch.skips(node) or within(node, "delete_statement") is not None:
            continue
        if accessor.endswith("()") and _is_changed(call.node):
            patch.report(node)
            continue
        patch.replace(call.node, f"{receiver_of(node)}.{accessor}")
    for assignment, _ in assigned(patch, "AUTH_PROFILE_MODULE"):
        if len(patch.module.spelled("AUTH_PROFILE_MODULE")) > 1 or "AUTH_PROFILE_MODULE" in patch.facts.settings.read:
            patch.report(assignment)
        else:
            drop_statement(patch, assignment)


def _is_changed(profile: Node) -> bool:
    """Whether a profile is changed at once: ``get_profile()`` gave the same object each time, queries do not."""
    member = profile.parent
    around = member.parent if member is not None and member.type == "attribute" else None
    if member is None or around is None:
        return False
    if around.type in {"assignment", "augmented_assignment"} and field(around, "left") == member:
        return True
    return around.type == "call" and text_of(field(member, "attribute")) in {b"save", b"delete"}


def profile_lookup(patch: TemplatePatch) -> None:
    """``{{ user.get_profile }}`` is ``{{ user.profile }}``; without a one-to-one relation it is left to a person."""
    for token in patch.tokens:
        if token.kind == "comment":
            continue
        for match in _LOOKUP.finditer(patch.body, token.inner_start, token.inner_end):
            if patch.facts.models.profile:
                patch.replace(match.start(), match.end(), patch.facts.models.profile.removesuffix("()").encode())
            else:
                patch.report(match.start())
