"""The page of ``djup guide``: what a release asks of one project, what djup does, and what is left."""

from __future__ import annotations

from djup.model import Finding, Record, Severity
from djup.report import document as doc
from djup.report.words import count

SCHEMA_VERSION = 1


class Chapter(Record):
    """A change that applies: how many places djup rewrites, and those left to a person."""

    id: str
    summary: str
    severity: Severity
    rewritten: int
    left: tuple[Finding, ...]
    advice: str
    link: str


class GuidePage(Record):
    """What ``djup guide`` shows; ``notes`` is the address of the release notes."""

    project: str
    start: str
    release: str
    notes: str
    chapters: tuple[Chapter, ...]
    schema_version: int = SCHEMA_VERSION


def document(page: GuidePage) -> doc.Document:
    """What is left to a person first, then what djup rewrites, then how to begin."""
    left = [chapter for chapter in page.chapters if chapter.left]
    done = [chapter for chapter in page.chapters if not chapter.left]
    return doc.document(
        f"{page.project}: from Django {page.start} to {page.release}",
        doc.paragraph("Release notes: ", doc.linked(page.notes, page.notes)),
        None if page.chapters else doc.paragraph("Nothing in this release asks for a change here."),
        *(_chapter(chapter) for chapter in left),
        doc.section("What djup rewrites", doc.bullets(_rewritten(chapter) for chapter in done)),
        doc.next_step(f"djup upgrade --to {page.release}"),
    )


def _chapter(chapter: Chapter) -> doc.Section | None:
    places = [doc.item(doc.code(finding.place or "whole project"), open_=True) for finding in chapter.left]
    return doc.section(
        chapter.summary,
        doc.paragraph(
            doc.linked(chapter.id, chapter.link, "code"),
            ": ",
            doc.Span(text=_amount(chapter), style=doc.SEVERITY_STYLES[chapter.severity]),
            ". ",
            doc.marked(chapter.advice),
        ),
        doc.bullets(places),
    )


def _amount(chapter: Chapter) -> str:
    parts = [f"djup rewrites {count(chapter.rewritten, 'place')}"] if chapter.rewritten else []
    parts += [f"{count(len(chapter.left), 'place')} left to you"] if chapter.left else []
    return ", ".join(parts)


def _rewritten(chapter: Chapter) -> doc.Line:
    where = count(chapter.rewritten, "place")
    return doc.line(f"{chapter.summary}: {where} (", doc.linked(chapter.id, chapter.link, "code"), ")")
