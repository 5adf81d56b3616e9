"""The Markdown body of a page as HTML: no raw HTML, no pictures from elsewhere, only http and relative links."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token

# What other tools put into pages: Liquid tags, attribute lists and abbreviations of kramdown.
FOREIGN = re.compile(r"^\s*(\{%.*%\}|\{:.*\}|\*\[.+\]:.*)\s*$|\{:[^}\n]*\}", re.MULTILINE)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def render_markdown(text: str) -> str:
    """Return safe HTML; what looks like HTML in the text is shown as it is written."""
    return str(_MARKDOWN.render(FOREIGN.sub("", COMMENT.sub("", text))))


def _image(
    _renderer: RendererProtocol, tokens: Sequence[Token], index: int, _options: object, _environment: object
) -> str:
    """A picture becomes a link to it, so that no page makes its reader's browser ask another host."""
    source, alt = str(tokens[index].attrs.get("src", "")), tokens[index].content
    return f'<a href="{escapeHtml(source)}" rel="noreferrer">{escapeHtml(alt or source)}</a>'


def _safe_link(url: str) -> bool:
    scheme, sign, _ = url.partition(":")
    return not sign or "/" in scheme or scheme.strip().lower() in ("http", "https", "mailto")


def _make() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.add_render_rule("image", _image)
    made.validateLink = _safe_link  # type: ignore[method-assign]  # the library's own way to set it
    return made


_MARKDOWN = _make()
