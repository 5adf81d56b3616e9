"""``{% load url from future %}`` goes: the tags ``url`` and ``ssi`` are builtin as they are there."""

from __future__ import annotations

from djup.fixers.engine.template_patch import TemplatePatch, drop_tag
from djup.fixers.templates.quoted_url_names import is_bare
from djup.source.templates import Token, loaded

_FUTURE = {b"url", b"ssi"}


def load_from_future(patch: TemplatePatch) -> None:
    """``{% load url from future %}`` goes: the tags ``url`` and ``ssi`` are builtin as they are there.

    Where one of them names a variable the line stays, for without it a template of 1.4 reads just the same.
    https://docs.djangoproject.com/en/1.8/releases/1.7/#loading-ssi-and-url-template-tags-from-future-library
    """
    for token in patch.tokens:
        words = token.bits[1:]
        if token.name != "load" or [one.text for one in words[-2:]] != [b"from", b"future"]:
            continue
        gone = [one for one in words[:-2] if one.text in _FUTURE]
        if gone and any(names_a_variable(other) for other in patch.tokens):
            patch.report(token.start)
            continue
        if gone and len(gone) == len(words) - 2:
            drop_tag(patch, token)
        else:
            for one in gone:
                after = patch.tokens and token.bits[token.bits.index(one) + 1]
                patch.replace(one.start, after.start if after else one.end, b"")


def names_a_variable(token: Token) -> bool:
    """Whether a ``url`` or ``ssi`` tag names a variable that a template of 1.4 takes for a name."""
    return token.name.encode() in _FUTURE and len(token.bits) > 1 and is_bare(token.bits[1].text)


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
