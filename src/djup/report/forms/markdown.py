"""A page as CommonMark with GitHub's tables, fit for the text of a pull request."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from djup.model import Record
from djup.report import document as doc
from djup.report.forms.links import safe_address
from djup.report.visible import visible

LEVEL = 2
"""The heading of a page's title: pull requests have a title of their own above it."""

DEEPEST = 6

MARKUP = re.compile(r"[\\`*\[\]<>&|~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
"""What CommonMark or GitHub would take for markup anywhere in a line; an underscore within a word never is."""

AT_START = re.compile(r"^(\s*)(#|\+|-|=|\d+(?=[.)]))")
"""What would begin a heading, a list or an underline at the start of a line."""

BARE_ADDRESS = re.compile(r"(?i)\b(?:https?|ftp)(?=://)|\bwww(?=\.)|\bmailto(?=:)|\bxmpp(?=:)")
"""What GitHub makes a link of without being asked; a page links where it means to."""


def render(_page: Record, document: doc.Document) -> str:
    """Return the page."""
    return "\n\n".join([f"{'#' * LEVEL} {inline(document.title)}", *_blocks(document.blocks, LEVEL + 1)]) + "\n"


def _blocks(blocks: Sequence[doc.Block], level: int) -> list[str]:
    return [text for block in blocks for text in _block(block, level)]


def _block(block: doc.Block, level: int) -> list[str]:
    match block:
        case doc.Paragraph(line=line):
            return [_at_start(inline(line))]
        case doc.Table():
            return [table(block)]
        case doc.Bullets():
            return [_bullets(block)]
        case doc.Code(text=text, language=language):
            return [_fenced(text, language)]
        case doc.Section(title=title, blocks=blocks):
            return [f"{'#' * min(level, DEEPEST)} {inline(title)}", *_blocks(blocks, level + 1)]


def inline(line: doc.Line) -> str:
    """A line as Markdown; neighbours of one style are joined, as their markup would otherwise run together."""
    joined = ((key, "".join(span.text for span in spans)) for key, spans in groupby(line, lambda s: (s.style, s.link)))
    return "".join(_span(text, style, link) for (style, link), text in joined if text)


def _span(text: str, style: doc.Style, link: str) -> str:
    shown = _code(text) if style in ("code", "quoted", "command") else escaped(text)
    if style == "strong" and text.strip() == text:
        shown = f"**{shown}**"
    address = safe_address(link)
    if address and address == text:
        return f"<{address}>"
    return f"[{shown}](<{address}>)" if address else shown


def escaped(text: str) -> str:
    """Plain text that no Markdown reader takes for markup, a link or HTML."""
    shown = MARKUP.sub(lambda match: "\\" + match[0], visible(text))
    return BARE_ADDRESS.sub(lambda match: f"{match[0][:-1]}&#{ord(match[0][-1])};", shown)


def _at_start(text: str) -> str:
    """A paragraph that begins no list and no heading."""
    return AT_START.sub(lambda m: f"{m[1]}{m[2]}\\" if m[2].isdigit() else f"{m[1]}\\{m[2]}", text)


def _code(text: str) -> str:
    """A code span, fenced by more backticks than it holds; a bar would end a cell even there."""
    shown = visible(text)
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    blank = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{blank}{shown}{blank}{fence}" if shown.strip() else escaped(text)


def _fenced(text: str, language: str) -> str:
    lines = [visible(line, keep="\t") for line in text.strip("\n").splitlines()]
    longest = max((len(run) for line in lines for run in re.findall("`{3,}", line)), default=2)
    fence = "`" * (longest + 1)
    return "\n".join([f"{fence}{language}", *lines, fence])


def _bullets(block: doc.Bullets) -> str:
    lines = []
    for number, item in enumerate(block.items, start=1):
        sign = f"{number}. " if block.numbered else "- [ ] " if item.open else "- "
        lines.append(sign + _at_start(inline(item.line)))
        indent = " " * (len(sign) if block.numbered else len("- "))
        lines += [f"{indent}- {_at_start(inline(detail))}" for detail in item.details]
    return "\n".join(lines)


def table(block: doc.Table) -> str:
    """A table; GitHub wants a head, be it empty."""
    ruler = ["---:" if column.align == "right" else "---" for column in block.columns]
    rows = [[escaped(column.title) for column in block.columns], ruler]
    rows += [[_cell(cell) for cell in row] for row in block.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(cell: doc.Line) -> str:
    """A cell: inside code a bar needs its escape too, in text it has one already."""
    return re.sub(r"(?<!\\)\|", r"\\|", inline(cell))
