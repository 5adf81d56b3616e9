"""A page of a report, free of any form: title, paragraphs, tables, lists, code and sections.

Pages build one from their record, forms render any. Texts are plain: each form escapes them as it needs, so that a name
from a project never becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from djup.model import Record, Severity

Style = Literal["", "strong", "faint", "code", "quoted", "command", "good", "attention", "bad", "info"]


class Span(Record):
    """A piece of text. ``link`` is an http(s) address; a form shows any other as text without a link."""

    text: str
    style: Style = ""
    link: str = ""


Line = tuple[Span, ...]
Text = str | Span | Line
"""What builders below take for a line: plain text, one span, or several."""

BACKTICKS = re.compile(r"`([^`\n]+)`")

SEVERITY_STYLES: Mapping[Severity, Style] = {"must": "bad", "should": "attention", "may": "info"}


class Paragraph(Record):
    """Running text."""

    line: Line


class Column(Record):
    """A column of a table. ``prose`` is running text: it wraps first, and without room it stands below its row."""

    title: str = ""
    align: Literal["left", "right"] = "left"
    prose: bool = False


class Table(Record):
    """Rows of cells, one for each column; without any title the table has no head and its first column names things."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]

    @property
    def has_head(self) -> bool:
        """Whether any column has a title."""
        return any(column.title for column in self.columns)


class Item(Record):
    """An entry of a list, with lines that belong to it; ``open`` gives a box to tick where a form has one."""

    line: Line
    details: tuple[Line, ...] = ()
    open: bool = False


class Bullets(Record):
    """A list. ``shown`` is how many entries a terminal gets, ``rest`` the command that shows all of them."""

    items: tuple[Item, ...]
    numbered: bool = False
    shown: int | None = None
    rest: str = ""


class Code(Record):
    """Lines of code or output, shown as they are; ``language`` is a name syntax highlighters know."""

    text: str
    language: str = ""


class Section(Record):
    """A heading with what is under it."""

    title: Line
    blocks: tuple[Block, ...]


Block = Paragraph | Table | Bullets | Code | Section


class Document(Record):
    """A whole page."""

    title: Line
    blocks: tuple[Block, ...] = ()


def line(*parts: Text) -> Line:
    """Join texts and spans into a line."""
    return tuple(span for part in parts for span in _spans(part))


def _spans(part: Text) -> Line:
    if isinstance(part, str):
        return (Span(text=part),) if part else ()
    spans = (part,) if isinstance(part, Span) else part
    return tuple(span for span in spans if span.text)


def document(title: Text, *blocks: Block | None) -> Document:
    """Make a document; blocks that are None are left out, so that a page says "this, if there is any" in place."""
    return Document(title=line(title), blocks=tuple(block for block in blocks if block is not None))


def paragraph(*parts: Text) -> Paragraph | None:
    """Make a paragraph, or None of nothing."""
    made = line(*parts)
    return Paragraph(line=made) if made else None


def section(title: Text, *blocks: Block | None) -> Section | None:
    """Make a section, or None where nothing would be under its heading."""
    inside = tuple(block for block in blocks if block is not None)
    return Section(title=line(title), blocks=inside) if inside else None


def table(columns: Sequence[Column | str], rows: Iterable[Sequence[Text]]) -> Table | None:
    """Make a table, or None without rows; a column given as text is a plain one of that title."""
    made = tuple(tuple(line(cell) for cell in row) for row in rows)
    heads = tuple(Column(title=column) if isinstance(column, str) else column for column in columns)
    return Table(columns=heads, rows=made) if made else None


def facts(rows: Iterable[tuple[str, Text] | tuple[str, Text, Text]]) -> Table | None:
    """Make a table of named values, each with a remark or not; rows without a value are left out."""
    full = ((label, line(value), line(*remark)) for label, value, *remark in rows)
    shown = [(label, line(value, " – " if remark else "", remark)) for label, value, remark in full if value]
    return table((Column(), Column(prose=True)), shown)


def bullets(
    items: Iterable[Text | Item], *, numbered: bool = False, shown: int | None = None, rest: str = ""
) -> Bullets | None:
    """Make a list, or None of no items."""
    made = tuple(each if isinstance(each, Item) else Item(line=line(each)) for each in items)
    return Bullets(items=made, numbered=numbered, shown=shown, rest=rest) if made else None


def item(*parts: Text, details: Iterable[Text] = (), open_: bool = False) -> Item:
    """Make an entry of a list; empty details are left out."""
    return Item(line=line(*parts), details=tuple(line(each) for each in details if line(each)), open=open_)


def code(text: object) -> Span:
    """A name, a path or a piece of code inside a line."""
    return Span(text=str(text), style="code")


def marked(text: str) -> Line:
    """Running text of djup's own, in which `backticks` mark code."""
    return tuple(
        Span(text=part, style="quoted" if at % 2 else "") for at, part in enumerate(BACKTICKS.split(text)) if part
    )


def command(text: str) -> Span:
    """A command to type."""
    return Span(text=text, style="command")


def strong(text: str) -> Span:
    """What the eye should find first."""
    return Span(text=text, style="strong")


def faint(text: str) -> Span:
    """What may be skipped."""
    return Span(text=text, style="faint")


def linked(text: str, address: str, style: Style = "") -> Span:
    """A text that leads to an address; plain text where there is no address."""
    return Span(text=text, link=address, style=style)


def notes(texts: Iterable[str]) -> Section | None:
    """The section that ends many pages: what a reader should know besides."""
    return section("Notes", bullets(marked(text) for text in dict.fromkeys(texts)))


def next_step(what: str, why: str = "") -> Paragraph | None:
    """The last line of a page: the one command to type now, and what it is for; None without a command."""
    return paragraph("Next: ", command(what), f" ({why})" if why else "") if what else None
