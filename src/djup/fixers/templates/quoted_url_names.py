"""Whether what ``url`` names was a name of its own until 1.4: no quotes, no filters."""

from __future__ import annotations

import re

from djup.fixers.engine.template_patch import TemplatePatch
from djup.source.templates import Token

_BARE = re.compile(rb"[A-Za-z_][\w.:-]*$|/[\w./-]+$")


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
