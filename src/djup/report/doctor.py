"""The page of ``djup doctor``: what this machine has of what djup needs."""

from __future__ import annotations

from djup.model import Record
from djup.report import document as doc

SCHEMA_VERSION = 1


class Examined(Record):
    """One thing djup looked at; ``hint`` is what to do about it."""

    what: str
    found: str
    ok: bool
    hint: str = ""


class DoctorPage(Record):
    """What ``djup doctor`` shows."""

    djup: str
    python: str
    examined: tuple[Examined, ...]
    schema_version: int = SCHEMA_VERSION


def document(page: DoctorPage) -> doc.Document:
    """Each thing with a sign, then what to do about those that are missing."""
    missing = [each for each in page.examined if not each.ok]
    state = f"{len(missing)} of what it needs {'is' if len(missing) == 1 else 'are'} missing" if missing else "ready"
    return doc.document(
        f"djup {page.djup} on Python {page.python}: {state}",
        doc.facts(
            (each.what, doc.line(_sign(each), each.found), doc.faint(each.hint) if each.hint else "")
            for each in page.examined
        ),
        doc.next_step(missing[0].hint) if missing else None,
    )


def _sign(examined: Examined) -> doc.Span:
    return doc.Span(text="✓ ", style="good") if examined.ok else doc.Span(text="✗ ", style="bad")
