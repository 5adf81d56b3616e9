"""Carry out ``[change.templates]``: libraries, tags and filters that have a new name."""

from __future__ import annotations

from djup.fixers.engine.template_patch import TemplatePatch
from djup.knowledge.search import lookup_uses
from djup.source.templates import Bit, Token, filters, loaded


def renamed_tags(patch: TemplatePatch) -> None:
    """Carry out ``[change.templates]``: libraries, tags and filters that have a new name."""
    data = patch.change.templates
    for token in patch.tokens:
        if token.name == "load":
            _libraries(patch, token)
        elif token.name in data.tags:
            if data.tags[token.name]:
                first = token.bits[0]
                patch.replace(first.start, first.end, data.tags[token.name].encode())
            else:
                patch.report(token.start)
        for one in filters(patch.body, token):
            if data.filters.get(one.name):
                start = patch.body.index(one.name.encode(), one.start)
                patch.replace(start, start + len(one.name), data.filters[one.name].encode())
        for start, end, new in lookup_uses(data.lookups, patch.body, token):
            if new:
                patch.replace(start, end, new.encode())


def _libraries(patch: TemplatePatch, token: Token) -> None:
    """Rename the libraries of a ``load`` tag; one that would be loaded twice in it goes."""
    table = patch.change.templates.libraries
    words = loaded(token)
    kept = {bit.text for bit in words if bit.text.decode(errors="replace") not in table}
    for bit in words:
        new = table.get(bit.text.decode(errors="replace"))
        if not new:
            continue
        if new.encode() not in kept:
            kept.add(new.encode())
            patch.replace(bit.start, bit.end, new.encode())
        elif len(words) > 1:
            _drop_word(patch, token, bit)


def _drop_word(patch: TemplatePatch, token: Token, bit: Bit) -> None:
    before = token.bits[token.bits.index(bit) - 1]
    patch.replace(before.end, bit.end, b"")
