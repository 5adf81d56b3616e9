"""``{% admin_media_prefix %}css/x.css`` is ``{% static "admin/css/x.css" %}``."""

from __future__ import annotations

import re

from djup.fixers.engine.template_patch import TemplatePatch, drop_tag
from djup.source.templates import Bit, Token

_PREFIX = re.compile(rb"\{%\s*admin_media_prefix\s*%\}([^\s\"'<>{}]*)")


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
