"""Template tags of Django 1.x: ``{% load … from future %}``, ``{% cycle a,b %}`` and ``{% if a = b %}``."""

from __future__ import annotations

from djup.fixers.template_libraries import names_a_variable
from djup.fixers.templates import TemplatePatch, drop_tag
from djup.source.templates import loaded

_BUILTIN = {b"cycle", b"firstof", b"url", b"ssi"}


def load_future(patch: TemplatePatch) -> None:
    """Take the library out of ``load`` tags: the tags it gave are built in.

    Not where it gave a ``url`` that names a variable: without it a template of 1.4 reads just the same.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#loading-cycle-and-firstof-template-tags-from-future-library
    """
    for token in patch.tokens:
        libraries = [bit for bit in loaded(token) if bit.text == b"future"] if token.name == "load" else []
        if not libraries:
            continue
        words = token.bits[1:]
        gives_url = words[-2:-1] == () or words[-2].text != b"from" or {one.text for one in words} & {b"url", b"ssi"}
        if gives_url and any(names_a_variable(other) for other in patch.tokens):
            patch.report(token.start)
        elif len(words) == 1 or (words[-2].text == b"from" and all(one.text in _BUILTIN for one in words[:-2])):
            drop_tag(patch, token)
        elif words[-2].text != b"from":
            before = token.bits[token.bits.index(libraries[0]) - 1]
            patch.replace(before.end, libraries[0].end, b"")
        else:
            patch.report(token.start)


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


def single_equals(patch: TemplatePatch) -> None:
    """``{% if a = b %}`` is ``{% if a == b %}``.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#as-comparison-operator-in-if-template-tag
    """
    for token in patch.tokens:
        if token.name in {"if", "elif"}:
            for word in token.bits[1:]:
                if word.text == b"=":
                    patch.replace(word.start, word.end, b"==")
