"""The assignments of a setting in a settings module, with their values."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.strings import string_value
from djup.source.tree import field

CONFIGURE = "django.conf.settings.configure"
"""The call by which test scripts of reusable apps give their settings."""
OVERRIDES = (
    "django.test.override_settings", "django.test.utils.override_settings", ".settings",
    "django.test.modify_settings", "django.test.utils.modify_settings", ".modify_settings",
)  # fmt: skip
"""The calls that give settings as keywords."""


def assigned(patch: Patch, name: str) -> list[tuple[Node, Node]]:
    """The assignments of a setting in a settings module, with their values."""
    if patch.module.path not in patch.facts.settings.modules:
        return []
    pairs = [(one, field(one, "right")) for one in patch.module.assignments(name) if not patch.skips(one)]
    return [(one, value) for one, value in pairs if value is not None]


def keys(dictionary: Node) -> dict[str, Node]:
    """The values of a dictionary written out, by those keys that are plain strings."""
    found = {}
    for pair in dictionary.named_children:
        key, value = (field(pair, "key"), field(pair, "value")) if pair.type == "pair" else (None, None)
        text = string_value(key)
        if text is not None and value is not None:
            found[text] = value
    return found


def entries(patch: Patch, key: str) -> list[Node]:
    """The items of dictionaries with that key."""
    pairs = [node.parent for node in patch.module.strings(key)]
    return [one for one in pairs if one is not None and one.type == "pair" and string_value(field(one, "key")) == key]


def setting_literals(patch: Patch, name: str) -> list[Node]:
    """The literals that a settings module gives a setting."""
    if patch.module.path not in patch.facts.settings.modules:
        return []
    return [one for one in patch.module.assignments(name) if not patch.skips(one)]
