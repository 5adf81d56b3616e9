"""Take password hashers that are gone out of lists; one that stood alone is the default's, in tests a fast one."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.calls import remove_item
from djup.source.edits import Edit
from djup.source.strings import literal, string_value
from djup.source.tree import ancestors, field, text_of, walk

_FAST = "django.contrib.auth.hashers.MD5PasswordHasher"
_SAFE = "django.contrib.auth.hashers.PBKDF2PasswordHasher"


def old_hashers(patch: Patch) -> None:
    """Take password hashers that are gone out of lists; one that stood alone is the default's, in tests a fast one.

    https://docs.djangoproject.com/en/4.2/releases/4.2/#features-deprecated-in-4-2
    """
    gone = set(patch.change.seen.strings)
    settled: set[int] = set()
    for node in (one for value in patch.change.seen.strings for one in patch.module.strings(value)):
        holder, one = node.parent, literal(node)
        if holder is None or one is None or holder.type not in {"list", "tuple"} or patch.skips(node):
            continue
        items = [item for item in holder.named_children if item.type != "comment"]
        left = [item for item in items if not _is_one_of(item, gone)]
        if left and holder.id not in settled:
            settled.add(holder.id)  # the next waits for the next pass: their spans may touch
            patch.edit(remove_item(patch.module.body, holder, node))
        elif not left and items[0] == node:
            text = _FAST if _is_for_tests(patch, node) else _SAFE
            patch.edit(Edit(start=one.content_start, end=one.content_end, text=text.encode()))


def _is_for_tests(patch: Patch, node: Node) -> bool:
    conditions = [field(one, "condition") for one in ancestors(node) if one.type == "if_statement"]
    return "test" in str(patch.module.path).lower() or any(b"test" in text_of(one).lower() for one in conditions)


def _is_one_of(item: Node, values: set[str]) -> bool:
    one = literal(item)
    return one is not None and one.value in values


def default_hashers(patch: Patch) -> None:
    """Point at the apps of a site with users that leaves the password hashers to Django."""
    if patch.module.path not in patch.facts.settings.holders or patch.module.assignments("PASSWORD_HASHERS"):
        return
    if "PASSWORD_HASHERS" in patch.facts.settings.given_elsewhere:
        return
    for assignment in patch.module.assignments("INSTALLED_APPS"):
        value = field(assignment, "right")
        texts = [string_value(one) for one in walk(value) if one.type == "string"] if value is not None else []
        if "django.contrib.auth" in texts:
            patch.report(assignment)
