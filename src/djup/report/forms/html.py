"""A page as one self-contained HTML file: no script, nothing from outside, light and dark, for phones and for print."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from html import escape

from djup.model import Record
from djup.report import document as doc
from djup.report.forms.links import safe_address
from djup.report.visible import visible

STYLE = """
:root { color-scheme: light dark; --ink: #1d2430; --paper: #fff; --faint: #5b6472; --line: #d9dee6; --wash: #f4f6f9;
  --link: #0b57d0; --good: #146c2e; --attention: #7a4d00; --bad: #b3261e; --info: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --paper: #14181f; --faint: #a3adbb; --line: #343c49;
  --wash: #1d232d; --link: #9ec1ff; --good: #7fd99a; --attention: #f0c069; --bad: #ff9d94; --info: #9ec1ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 64rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.2rem; margin-top: 2rem; }
h3, h4, h5, h6 { font-size: 1rem; }
a { color: var(--link); }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; background: var(--wash); border-radius: .25rem; }
code { padding: .1em .3em; }
pre { padding: .75rem; overflow-x: auto; overflow-wrap: normal; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .35rem .75rem .35rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { color: var(--faint); font-weight: 600; overflow-wrap: break-word; }
td { min-width: 4rem; }
td.prose { min-width: 14rem; }
.right { text-align: right; }
.faint { color: var(--faint); }
.good { color: var(--good); }
.attention { color: var(--attention); }
.bad { color: var(--bad); }
.info { color: var(--info); }
@media print { body { max-width: none; font-size: 10pt; padding: 0; } .wide { overflow: visible; }
  tr, li, pre { break-inside: avoid; } h2, h3 { break-after: avoid; } }
"""

POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    + "'"
)
"""Nothing may run and nothing may be fetched; the one style sheet is told by its hash."""

TAGS: Mapping[doc.Style, tuple[str, str]] = {
    "": ("", ""),
    "strong": ("<strong>", "</strong>"),
    "code": ("<code>", "</code>"),
    "quoted": ("<code>", "</code>"),
    "command": ("<code>", "</code>"),
    **{style: (f'<span class="{style}">', "</span>") for style in ("faint", "good", "attention", "bad", "info")},
}

DEEPEST = 6


def render(_page: Record, document: doc.Document) -> str:
    """Return the page."""
    title = "".join(visible(span.text) for span in document.title)
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{escape(title)}</title>",
            f"<style>{STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{inline(document.title)}</h1>",
            *_blocks(document.blocks, 2),
            "</main>",
            "</body>",
            "</html>\n",
        ]
    )


def _blocks(blocks: Sequence[doc.Block], level: int) -> list[str]:
    return [text for block in blocks for text in _block(block, level)]


def _block(block: doc.Block, level: int) -> list[str]:
    match block:
        case doc.Paragraph(line=line):
            return [f"<p>{inline(line)}</p>"]
        case doc.Table():
            return _table(block)
        case doc.Bullets():
            return _bullets(block)
        case doc.Code(text=text):
            shown = "\n".join(visible(line, keep="\t") for line in text.strip("\n").splitlines())
            # tabindex: what scrolls sideways must be reachable by keyboard
            return [f'<pre tabindex="0">{escape(shown)}</pre>']
        case doc.Section(title=title, blocks=blocks):
            head = f"h{min(level, DEEPEST)}"
            return ["<section>", f"<{head}>{inline(title)}</{head}>", *_blocks(blocks, level + 1), "</section>"]


def inline(line: doc.Line) -> str:
    """A line as HTML."""
    return "".join(_span(span) for span in line)


def _span(span: doc.Span) -> str:
    before, after = TAGS[span.style]
    shown = before + escape(visible(span.text)) + after
    address = safe_address(span.link)
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{shown}</a>' if address else shown


def _table(table: doc.Table) -> list[str]:
    lines = ['<div class="wide" tabindex="0">', "<table>"]
    if table.has_head:
        heads = "".join(_head(column) for column in table.columns)
        lines.append(f"<thead><tr>{heads}</tr></thead>")
    lines.append("<tbody>")
    for row in table.rows:
        cells = [_cell(cell, column) for cell, column in zip(row, table.columns, strict=True)]
        if not table.has_head:  # the first column names what the row is about
            cells[0] = f'<th scope="row">{inline(row[0])}</th>'
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return [*lines, "</tbody>", "</table>", "</div>"]


def _head(column: doc.Column) -> str:
    right = ' class="right"' if column.align == "right" else ""
    return f'<th scope="col"{right}>{escape(visible(column.title))}</th>' if column.title else "<td></td>"


def _cell(cell: doc.Line, column: doc.Column) -> str:
    kind = "right" if column.align == "right" else "prose" if column.prose else ""
    return f'<td class="{kind}">{inline(cell)}</td>' if kind else f"<td>{inline(cell)}</td>"


def _bullets(block: doc.Bullets) -> list[str]:
    tag = "ol" if block.numbered else "ul"
    lines = [f"<{tag}>"]
    for item in block.items:
        details = "".join(f"<li>{inline(detail)}</li>" for detail in item.details)
        box = '<span aria-hidden="true">☐ </span>' if item.open else ""
        lines.append(f"<li>{box}{inline(item.line)}" + (f"<ul>{details}</ul>" if details else "") + "</li>")
    return [*lines, f"</{tag}>"]
