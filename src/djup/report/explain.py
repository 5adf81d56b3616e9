"""The page of ``djup explain``: what a change is, and what djup does about it."""

from __future__ import annotations

from djup.model import Record
from djup.report import document as doc

SCHEMA_VERSION = 1


class Explanation(Record):
    """What ``djup explain`` shows of a change. ``before`` and ``after`` are an example, empty where there is none."""

    id: str
    summary: str
    kind: str
    severity: str
    deprecated: str
    removed: str
    runs_from: str
    fixed_by_djup: bool
    advice: str
    link: str
    before: str
    after: str
    schema_version: int = SCHEMA_VERSION


def document(page: Explanation) -> doc.Document:
    """What it is, since when, what djup does, and an example."""
    since = f"Deprecated in Django {page.deprecated}, in" if page.deprecated else "In"
    done = "djup rewrites it." if page.fixed_by_djup else "djup finds it; a person decides."
    return doc.document(
        f"{page.id}: {page.summary}",
        doc.paragraph(f"{since} effect from {page.removed} on. The new form runs from {page.runs_from} on. {done}"),
        doc.paragraph(doc.marked(page.advice)),
        doc.paragraph(doc.linked(page.link, page.link)),
        doc.section("Before", doc.Code(text=page.before, language="python")) if page.before else None,
        doc.section("After", doc.Code(text=page.after, language="python")) if page.before else None,
    )
