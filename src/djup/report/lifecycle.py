"""The pages of ``djup lifecycle``: what is wrong with product pages, and what was brought up to date in them."""

from __future__ import annotations

from djup.lifecycle.problems import Problem
from djup.model import Record
from djup.report import document as doc
from djup.report.words import count

SCHEMA_VERSION = 1


class ValidationPage(Record):
    """What ``djup lifecycle validate`` found."""

    pages: int
    problems: tuple[Problem, ...]
    schema_version: int = SCHEMA_VERSION


def document(page: ValidationPage) -> doc.Document:
    """A line for each problem."""
    return doc.document(
        f"{count(page.pages, 'page')}, {count(len(page.problems), 'problem')}",
        doc.bullets(map(str, page.problems)),
    )
