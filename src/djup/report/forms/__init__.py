"""The forms a page can take. A new form is a module here with a ``render``, and its line in ``FORMS``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from djup.model import Finding, Record
from djup.report.document import Document
from djup.report.forms import github, gitlab, html, json, lines, markdown, sarif, text

Form = Callable[[Record, Document], str]
"""Takes a page's record and its document, and returns the text to print, with its last line end."""

FORMS: Mapping[str, Form] = {
    "text": text.render,
    "json": json.render,
    "markdown": markdown.render,
    "html": html.render,
}
"""By the name ``--format`` takes; every command that prints a page takes all of them."""

FindingsForm = Callable[[Sequence[Finding]], str]

FINDINGS: Mapping[str, FindingsForm] = {
    "sarif": sarif.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "lines": lines.render,
}
"""What other tools read: findings alone, not a page."""
