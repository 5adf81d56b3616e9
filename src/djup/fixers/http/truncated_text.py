"""``truncate_words(s, n, end)`` is ``Truncator(s).words(n, truncate=end)``, by default with ``" ..."`` before."""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch
from djup.source.tree import field, text_of, within


def truncate_words(patch: Patch) -> None:
    """``truncate_words(s, n, end)`` is ``Truncator(s).words(n, truncate=end)``, by default with ``" ..."`` before."""
    for name, html in (("truncate_words", False), ("truncate_html_words", True)):
        for call in patch.module.calls(f"django.utils.text.{name}"):
            plain = call.positional
            end = call.keyword("end_text") or (plain[2] if len(plain) > 2 else None)  # noqa: PLR2004
            known = len(plain) in {2, 3} and len(call.arguments) == (3 if end else 2)
            if patch.skips(call.node):
                continue
            if not known or call.unpacks:
                patch.report(call.node)
                continue
            truncator = patch.need("django.utils.text", "Truncator", call.node)
            text, count = (text_of(one.value).decode() for one in plain[:2])
            mark = text_of(end.value).decode() if end else "' ...'"
            more = ", html=True" if html else ""
            patch.replace(call.node, f"{truncator}({text}).words({count}, truncate={mark}{more})")


def ended_texts(patch: Patch) -> None:
    """Point at assertions that expect a text cut off with three dots."""
    if "test" not in patch.module.path.as_posix():
        return
    for match in re.finditer(rb"\.\.\.(?:</\w+>)*['\"]", patch.module.body):
        node = patch.module.tree.root_node.descendant_for_byte_range(match.start(), match.start() + 1)
        call = within(node, "call") if node is not None else None
        if call is not None and b".assert" in text_of(field(call, "function")):
            patch.report(call)
