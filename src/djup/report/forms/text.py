"""A page as text: coloured on a terminal, plain and 80 columns wide in a pipe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from djup.model import Record
from djup.report import document as doc
from djup.report.visible import harmless_in_logs, visible

WIDTH = 80
"""Columns of a line where no terminal tells its width."""

GAP = 2
"""Blanks between columns."""

NARROWEST = 28
"""Columns that running text needs beside the others of its table; with less it stands below its row."""

RUNNING = (doc.Paragraph, doc.Bullets)
"""What follows running text without an empty line."""

LEAST = 6
"""Columns that every column keeps, however wide the table."""

STYLES: Mapping[doc.Style, str] = {
    "": "",
    "strong": "bold",
    "faint": "dim",
    "code": "",
    "quoted": "",
    "command": "bold cyan",
    "good": "green",
    "attention": "yellow",
    "bad": "red",
    "info": "blue",
}


def render(_page: Record, document: doc.Document) -> str:
    """Return the page for where stdout goes; NO_COLOR and FORCE_COLOR are honoured by rich."""
    return drawn(document, console())


def console(*, errors: bool = False) -> Console:
    """The console of stdout, or of stderr."""
    made = Console(markup=False, highlight=False, emoji=False, stderr=errors)
    return made if made.is_terminal else Console(width=WIDTH, markup=False, highlight=False, emoji=False, stderr=errors)


def drawn(document: doc.Document, console: Console) -> str:
    """Return the page as a console of this width and these colours shows it."""
    with console.capture() as capture:
        _say(console, _text(document.title, "bold"), console.width)
        _blocks(console, document.blocks)
    return harmless_in_logs(capture.get())


def _blocks(console: Console, blocks: Sequence[doc.Block]) -> None:
    for before, block in pairwise((None, *blocks)):
        if block is not None:
            if _apart(before, block):
                console.print()
            _block(console, block)


def _apart(before: doc.Block | None, block: doc.Block) -> bool:
    """Whether an empty line comes between two blocks; running text stays together, and with its heading."""
    if isinstance(block, doc.Section):
        return True
    return before is not None and not (isinstance(before, doc.Paragraph) and isinstance(block, RUNNING))


def _block(console: Console, block: doc.Block) -> None:
    match block:
        case doc.Paragraph(line=line):
            _say(console, _text(line), console.width)
        case doc.Table():
            _table(console, block)
        case doc.Bullets():
            _bullets(console, block)
        case doc.Code(text=text):
            for row in text.strip("\n").splitlines():
                console.print(Text(f"    {visible(row.expandtabs(4))}".rstrip()), soft_wrap=True)
        case doc.Section(title=title, blocks=blocks):
            _say(console, _text(title, "bold"), console.width)
            _blocks(console, blocks)


def _text(line: doc.Line, style: str = "") -> Text:
    """A line with its styles; a link is its text alone."""
    made = Text(style=style)
    for span in line:
        text = visible(span.text)
        made.append(f"`{text}`" if span.style == "quoted" else text, STYLES[span.style] or None)
    return made


def _say(console: Console, text: Text, width: int, first: str = "", rest: str = "") -> None:
    """Print a text wrapped at words; what has no blanks (paths, addresses, commands) is never torn."""
    room = max(width - cell_len(first), LEAST)
    for number, line in enumerate(wrapped(text, room)):
        console.print(Text(rest if number else first).append_text(line), soft_wrap=True)


def wrapped(text: Text, width: int, *, fold: bool = False) -> list[Text]:
    """The lines of a text, broken between words and never within a command; ``fold`` breaks longer words too."""
    ends, begin, column = [], 0, 0
    for word in _words(text):
        size = cell_len(word.rstrip())
        if column and column + size > width:
            ends.append(begin)
            column = 0
        while fold and size > width:
            fitting = _fitting(word, width)
            begin, word = begin + fitting, word[fitting:]  # noqa: PLW2901  # what is left of it
            size = cell_len(word.rstrip())
            ends.append(begin)
        begin, column = begin + len(word), column + cell_len(word)
    lines = list(text.divide(ends))
    for line in lines:
        line.rstrip()
    return lines


def _fitting(word: str, width: int) -> int:
    """How many characters of a word fit a width, at least one; East Asian ones take two columns."""
    taken = 0
    for count, char in enumerate(word):
        taken += cell_len(char)
        if taken > width:
            return max(count, 1)
    return len(word)


def _words(text: Text) -> list[str]:
    """The words of a text with the blanks after each; a command is one word, so that it can be copied whole."""
    whole = text.plain
    inside = {at for span in text.spans if span.style == STYLES["command"] for at in range(span.start, span.end - 1)}
    breaks = [match.end() for match in re.finditer(r" +", whole) if match.end() - 1 not in inside]
    return [whole[start:end] for start, end in pairwise((0, *breaks, len(whole)))]


def _bullets(console: Console, block: doc.Bullets) -> None:
    shown = block.items if block.shown is None else block.items[: block.shown]
    for number, item in enumerate(shown, start=1):
        sign = f"  {number}. " if block.numbered else "  [ ] " if item.open else "  - "
        rest = " " * len(sign)
        _say(console, _text(item.line), console.width, sign, rest)
        for detail in item.details:
            _say(console, _text(detail, "dim"), console.width, rest, rest)
    left = len(block.items) - len(shown)
    if left:
        told = (f"… and {left} more" if shown else f"all {left}") + (f": {block.rest}" if block.rest else "")
        _say(console, Text(told, style="dim"), console.width, "  ", "  ")


# --- tables ---------------------------------------------------------------------------------------------------------


def _table(console: Console, table: doc.Table) -> None:
    rows = [[_text(cell) for cell in row] for row in table.rows]
    if table.has_head:
        rows.insert(0, [Text(visible(column.title), style="dim") for column in table.columns])
    else:
        for row in rows:
            row[0].stylize("dim")
    beside, below = _places(table, rows, console.width)
    widths = _widths([[row[at] for row in rows] for at in beside], [table.columns[at] for at in beside], console.width)
    for number, row in enumerate(rows):
        _row(console, [row[at] for at in beside], [table.columns[at] for at in beside], widths)
        under = Text("; ").join(row[at] for at in below if row[at].plain)
        if under.plain and (number or not table.has_head):
            _say(console, under, console.width, "    ", "    ")


def _places(table: doc.Table, rows: Sequence[Sequence[Text]], width: int) -> tuple[list[int], list[int]]:
    """Which columns stand beside each other, and which below their row because running text has no room there."""
    prose = [at for at, column in enumerate(table.columns) if column.prose]
    others = [at for at, column in enumerate(table.columns) if not column.prose]
    taken = sum(_widest(row[at] for row in rows) + GAP for at in others)
    wanted = sum(min(_widest(row[at] for row in rows), NARROWEST) for at in prose)
    if others and taken + wanted > width:
        return others, prose
    return list(range(len(table.columns))), []


def _widest(cells: Iterable[Text]) -> int:
    return max((cell.cell_len for cell in cells), default=0)


def _widths(cells: Sequence[Sequence[Text]], columns: Sequence[doc.Column], width: int) -> list[int]:
    """The width of each column: what it needs; if that is too much, what its words need; if need be, less."""
    widths = [_widest(column) for column in cells]
    words = [max((cell_len(word) for cell in column for word in cell.plain.split()), default=0) for column in cells]
    room = width - GAP * (len(widths) - 1)
    while sum(widths) > room and max(widths) > LEAST:
        apart = [at for at, least in enumerate(words) if widths[at] > max(least, LEAST)]
        prose = [at for at in apart if columns[at].prose and widths[at] > NARROWEST]
        at = max(prose or apart or range(len(widths)), key=widths.__getitem__)
        widths[at] -= 1
    return widths


def _row(console: Console, cells: Sequence[Text], columns: Sequence[doc.Column], widths: Sequence[int]) -> None:
    stacks = [wrapped(cell, max(width, 1), fold=True) for cell, width in zip(cells, widths, strict=True)]
    for height in range(max(map(len, stacks))):
        shown = Text()
        for lines, column, width in zip(stacks, columns, widths, strict=True):
            piece = lines[height] if height < len(lines) else Text()
            blanks = " " * (width - piece.cell_len)
            shown.append(blanks if column.align == "right" else "")
            shown.append_text(piece)
            shown.append(("" if column.align == "right" else blanks) + " " * GAP)
        shown.rstrip()
        console.print(shown, soft_wrap=True)
