"""Templates of early releases: names of URLs without quotes, and tags that were removed."""

from __future__ import annotations

import re

from djup.fixers.templates import TemplatePatch, drop_tag
from djup.source.templates import Bit, Token

_PREFIX = re.compile(rb"\{%\s*admin_media_prefix\s*%\}([^\s\"'<>{}]*)")
_COLON = re.compile(rb"\s*(?:</?\w+[^>]*>\s*)?:")
_BARE = re.compile(rb"[A-Za-z_][\w.:-]*$|/[\w./-]+$")


def admin_media_prefix(patch: TemplatePatch) -> None:
    """``{% admin_media_prefix %}css/x.css`` is ``{% static "admin/css/x.css" %}``.

    https://docs.djangoproject.com/en/1.8/releases/1.4/#django-contrib-admin
    """
    prefixes = list(_PREFIX.finditer(patch.body))
    for token in patch.tokens:
        words = token.bits[1:] if token.name == "load" else ()
        media = next((one for one in words if one.text == b"adminmedia"), None)
        if media is None or (b"from" in [one.text for one in words]):
            continue
        if prefixes and b"static" not in [one.text for one in words]:
            patch.replace(media.start, media.end, b"static")
        elif len(words) == 1:
            drop_tag(patch, token)
        else:
            patch.replace(*_with_gap(token, media), b"")
    for match in prefixes:
        patch.replace(match.start(), match.end(), b'{% static "admin/' + match[1] + b'" %}')


def _with_gap(token: Token, word: Bit) -> tuple[int, int]:
    """A word of a tag with the space before it."""
    return token.bits[token.bits.index(word) - 1].end, word.end


def is_bare(name: bytes) -> bool:
    """Whether what ``url`` names was a name of its own until 1.4: no quotes, no filters."""
    return _BARE.match(name) is not None


def quoted_url_names(patch: TemplatePatch) -> None:
    """``{% url name %}`` is ``{% url "name" %}``, unless the template asked for the new tag already.

    https://docs.djangoproject.com/en/1.8/releases/1.3/#changes-to-url-and-ssi
    """
    future = {name for token in patch.tokens for name in _from_future(token)}
    for token in patch.tokens:
        if token.name not in {"url", "ssi"} or token.name in future or len(token.bits) < 2:  # noqa: PLR2004
            continue
        name = token.bits[1]
        if is_bare(name.text):
            patch.replace(name.start, name.end, b'"' + name.text + b'"')


def _from_future(token: Token) -> set[str]:
    """The tags that a ``load`` takes from the library future: those it names, or all."""
    words = [one.text.decode(errors="replace") for one in token.bits[1:]] if token.name == "load" else []
    if "from" in words:
        return set(words[: words.index("from")]) if words[-1] == "future" else set()
    return {"url", "ssi"} if "future" in words else set()


def uidb64(patch: TemplatePatch) -> None:
    """The password reset's argument is ``uidb64``."""
    for token in patch.tokens:
        for match in re.finditer(rb"\buidb36\b", patch.body[token.start : token.end]):
            patch.replace(token.start + match.start(), token.start + match.end(), b"uidb64")


def label_tag_colon(patch: TemplatePatch) -> None:
    """``{{ field.label_tag }}:`` has its colon already; one that stands further off is left to a person.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#miscellaneous
    """
    for token in patch.tokens:
        inner = patch.body[token.inner_start : token.inner_end].strip()
        if token.kind != "variable" or not inner.endswith(b".label_tag"):
            continue
        if patch.body[token.end : token.end + 1] == b":":
            patch.replace(token.end, token.end + 1, b"")
        elif _COLON.match(patch.body, token.end):
            patch.report(token.start)


def archive_year(patch: TemplatePatch) -> None:
    """``{{ year }}`` in the template of a yearly archive is a date: ``{{ year|date:"Y" }}``.

    https://docs.djangoproject.com/en/1.8/releases/1.5/#context-in-year-archive-class-based-views
    """
    if not patch.path.name.endswith("_archive_year.html"):
        return
    for token in patch.tokens:
        if token.kind == "variable" and patch.body[token.inner_start : token.inner_end].strip() == b"year":
            patch.replace(token.start, token.end, b'{{ year|date:"Y" }}')
