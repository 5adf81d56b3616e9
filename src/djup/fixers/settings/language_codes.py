"""``zh-cn``, ``zh-tw`` and ``fy-nl`` have new names in ``LANGUAGE_CODE`` and ``LANGUAGES``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import assigned
from djup.source.strings import literal, string_value
from djup.source.tree import walk

_CODES = {"zh-cn": "zh-hans", "zh-tw": "zh-hant", "fy-nl": "fy"}


def chinese_codes(patch: Patch) -> None:
    """``zh-cn``, ``zh-tw`` and ``fy-nl`` have new names in ``LANGUAGE_CODE`` and ``LANGUAGES``.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#language-codes-zh-cn-zh-tw-and-fy-nl
    """
    for name in ("LANGUAGE_CODE", "LANGUAGES"):
        for _, value in assigned(patch, name):
            for node in walk(value):
                new = _CODES.get((string_value(node) or "").lower()) if node.type == "string" else None
                one = literal(node)
                if new is not None and one is not None:
                    patch.replace(node, f"{one.prefix}{one.quotes}{new}{one.quotes}")
