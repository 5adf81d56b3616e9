"""``test -k`` is ``test --keepdb`` in argument lists: ``-k`` chooses tests by a pattern now."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.strings import string_value
from djup.source.tree import field, text_of


def keepdb_option(patch: Patch) -> None:
    """``test -k`` is ``test --keepdb`` in argument lists: ``-k`` chooses tests by a pattern now.

    https://docs.djangoproject.com/en/3.0/releases/3.0/#miscellaneous
    """
    for node in patch.module.strings("-k"):
        holder = node.parent
        if holder is None or holder.type not in {"list", "tuple", "argument_list"} or patch.skips(node):
            continue
        texts = [string_value(one) or "" for one in holder.named_children]
        manages = any(one.endswith(("manage.py", "django-admin", "django-admin.py")) for one in texts)
        calls = holder.parent is not None and text_of(field(holder.parent, "function")).endswith(b"call_command")
        if "test" in texts and (manages or calls):
            patch.replace(node, '"--keepdb"')
