"""Findings as GitHub's workflow commands, which annotate the lines of a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from djup.model import Finding
from djup.report.forms.lines import message
from djup.report.visible import visible

LEVELS = {"must": "error", "should": "warning", "may": "notice"}


def render(findings: Sequence[Finding]) -> str:
    """Return a command for each finding, one a line."""
    return "".join(
        f"::{LEVELS[finding.severity]} {_properties(finding)}::{_data(message(finding))}\n" for finding in findings
    )


def _properties(finding: Finding) -> str:
    place, title = finding.place, f"title={_property(finding.change)}"
    if place is None:
        return title
    return f"file={_property(str(place.path))},line={place.line},col={place.column},{title}"


def _data(text: str) -> str:
    """Escape as GitHub's own toolkit does; what else would act in a log is made visible."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(text)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
