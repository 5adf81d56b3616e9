"""``{% cycle a,b %}`` is ``{% cycle "a" "b" %}``."""

from __future__ import annotations

import re

from djup.fixers.engine.template_patch import TemplatePatch


def cycle_commas(patch: TemplatePatch) -> None:
    """``{% cycle a,b %}`` is ``{% cycle "a" "b" %}``.

    https://docs.djangoproject.com/en/1.9/releases/1.9/#cycle-syntax-with-comma-separated-arguments
    """
    for token in patch.tokens:
        if token.name == "cycle" and len(token.bits) > 1 and b"," in token.bits[1].text:
            word = token.bits[1]
            if word.text[:1] in {b"'", b'"'}:
                continue
            if b"'" in word.text or b'"' in word.text or b"|" in word.text:
                patch.report(token.start)
            else:
                parts = b" ".join(b'"' + one + b'"' for one in word.text.split(b","))
                patch.replace(word.start, word.end, parts)


_QUOTED = re.compile(rb"""["'].*["']|.*\|(?:safe|escape|force_escape)\b|\d+$""")


def unescaped_cycles(patch: TemplatePatch) -> None:
    """Point at variables that ``cycle`` and ``firstof`` print, unless the template asked for the new tags already."""
    asked = {
        one.text
        for token in patch.tokens
        if token.name == "load" and [bit.text for bit in token.bits[-2:]] == [b"from", b"future"]
        for one in token.bits[1:-2]
    }
    named: set[bytes] = set()
    for token in patch.tokens:
        if token.name not in {"cycle", "firstof"} or token.name.encode() in asked:
            continue
        words = [one.text for one in token.bits[1:]]
        if b"as" in words:
            place = words.index(b"as")
            named.update(words[place + 1 : place + 2])
            words = words[:place]
        if any(not _QUOTED.match(word) and word not in named for word in words):
            patch.report(token.start)
