"""Named groups of URL patterns that may be missing."""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch
from djup.source import tree as syntax
from djup.source.strings import string_value
from djup.source.tree import field, text_of

_ROUTES = {b"url", b"re_path", b"urls.url", b"urls.re_path"}
_NAMED = re.compile(r"\(\?P<\w+>")


def optional_groups(patch: Patch) -> None:
    """Point at patterns with a named group that is optional, by itself or within another."""
    for name in ("url", "re_path"):
        for node in patch.module.spelled(name):
            call = syntax.within(node, "call")
            brackets = field(call, "arguments") if call is not None else None
            if call is None or brackets is None or text_of(field(call, "function")) not in _ROUTES:
                continue
            first = brackets.named_children[0] if brackets.named_children else None
            if first is not None and _has_optional(string_value(first) or ""):
                patch.report(first)


def _has_optional(pattern: str) -> bool:
    """Whether a group that has, or is, a named one is followed by a question mark or a star."""
    opened: list[int] = []
    escaped = in_set = False
    for place, letter in enumerate(pattern):
        if escaped:
            escaped = False
        elif letter == "\\":
            escaped = True
        elif in_set or letter == "[":
            in_set = letter != "]"
        elif letter == "(":
            opened.append(place)
        elif letter == ")" and opened:
            group = pattern[opened.pop() : place]
            if pattern[place + 1 : place + 2] in {"?", "*"} and _NAMED.search(group):
                return True
    return False
