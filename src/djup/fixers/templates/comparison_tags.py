"""Template tags and filters that compared: ``ifequal``, ``ifnotequal`` and ``length_is`` become an ``if``."""

from __future__ import annotations

from djup.fixers.engine.template_patch import TemplatePatch
from djup.source.templates import Bit, Token, filters

_OPERATORS = {"ifequal": b"==", "ifnotequal": b"!="}
_KEYWORDS = {b"and", b"or", b"not", b"in", b"is", b"==", b"!=", b"<", b">", b"<=", b">="}


def ifequal(patch: TemplatePatch) -> None:
    """``{% ifequal a b %}`` is ``{% if a == b %}``; its ``else`` stays, its end becomes ``endif``."""
    opened: list[bool] = []
    for token in patch.tokens:
        if token.name in _OPERATORS:
            opened.append(_open(patch, token))
        elif token.name in {"endifequal", "endifnotequal"}:
            if opened and opened.pop():
                patch.replace(token.bits[0].start, token.bits[0].end, b"endif")
            else:
                patch.report(token.start)


def _open(patch: TemplatePatch, token: Token) -> bool:
    words = token.bits[1:]
    if len(words) != len(["left", "right"]) or any(word.text in _KEYWORDS for word in words):
        patch.report(token.start)
        return False
    patch.replace(token.bits[0].start, token.bits[0].end, b"if")
    patch.replace(words[0].end, words[1].start, b" " + _OPERATORS[token.name] + b" ")
    return True


def length_is(patch: TemplatePatch) -> None:
    """``{% if x|length_is:"4" %}`` is ``{% if x|length == 4 %}``; outside of ``if`` it is left to a person."""
    for token in patch.tokens:
        for one in filters(patch.body, token):
            if one.name != "length_is":
                continue
            word = next((bit for bit in token.bits if bit.start <= one.start < bit.end), None)
            if token.name not in {"if", "elif"} or word is None or one.end != word.end or _compared(token, word):
                patch.report(token.start)
                continue
            number = one.argument.strip(b"\"'")
            wanted = number if number.isdigit() else one.argument
            patch.replace(one.start, one.end, b"|length == " + wanted)


def _compared(token: Token, word: Bit) -> bool:
    """Whether a comparison stands beside a word already: its result would be compared again."""
    place = token.bits.index(word)
    beside = token.bits[place - 1 : place] + token.bits[place + 1 : place + 2]
    return any(bit.text in _KEYWORDS - {b"and", b"or", b"not"} for bit in beside)
