"""The page of ``djup fix``: what was rewritten, or would be, and what is left to a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from djup.fixers.engine.skips import UnusedSkip
from djup.model import Finding, Record
from djup.report import document as doc
from djup.report.words import count

SCHEMA_VERSION = 1


class FixPage(Record):
    """What ``djup fix`` shows; ``written`` tells whether the files were changed or only looked at."""

    start: str
    target: str
    written: bool
    files: int
    changed: tuple[str, ...]
    edits: Mapping[str, int]
    findings: tuple[Finding, ...]
    unreadable: Mapping[str, str]
    unused_skips: tuple[UnusedSkip, ...]
    schema_version: int = SCHEMA_VERSION


def document(page: FixPage) -> doc.Document:
    """The counts by change, what a person has to look at, and what was left alone."""
    done = "rewrote" if page.written else "would rewrite"
    places = count(sum(page.edits.values()), "place")
    left = Counter(finding.change for finding in page.findings)
    return doc.document(
        f"Django {page.start} to {page.target}: {done} {places} in {len(page.changed)} of {count(page.files, 'file')}",
        _counts(page.edits),
        doc.section(
            f"Left to a person ({len(page.findings)})",
            _counts(left),
            doc.bullets(map(_finding, page.findings), shown=0, rest="djup fix --list"),
        ),
        doc.section("Files left alone", doc.bullets(map(_unreadable, page.unreadable.items()))),
        doc.section("Comments that skip nothing", doc.bullets(map(_unused, page.unused_skips))),
    )


def _counts(counts: Mapping[str, int]) -> doc.Table | None:
    """The changes, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return doc.table(
        (doc.Column(title="places", align="right"), "change"),
        ((str(many), doc.code(change)) for change, many in ordered),
    )


def _finding(finding: Finding) -> doc.Item:
    where = doc.line(doc.code(finding.place), " ") if finding.place else ()
    change = doc.linked(finding.change, finding.link, "code")
    return doc.item(where, finding.summary, " (", change, ")", details=[doc.marked(finding.hint)])


def _unreadable(entry: tuple[str, str]) -> doc.Line:
    path, reason = entry
    return doc.line(doc.code(path), f": {reason}")


def _unused(skip: UnusedSkip) -> doc.Line:
    what = "any change" if skip.change == "*" else skip.change
    return doc.line(doc.code(f"{skip.path}:{skip.line}"), f": no place of {what} is there for this comment to skip")
