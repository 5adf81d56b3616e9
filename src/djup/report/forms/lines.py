"""Findings one a line, as compilers write them: ``path:line:column: id severity: message``."""

from __future__ import annotations

from collections.abc import Sequence

from djup.model import Finding
from djup.report.visible import harmless_in_logs, visible


def render(findings: Sequence[Finding]) -> str:
    """Return a line for each finding; one without a place begins with its id."""
    return "".join(_line(finding) + "\n" for finding in findings)


def _line(finding: Finding) -> str:
    where = f"{finding.place}: " if finding.place else ""
    return harmless_in_logs(visible(f"{where}{finding.change} {finding.severity}: {message(finding)}"))


def message(finding: Finding) -> str:
    """What is found and what to do about it."""
    summary = finding.summary.rstrip(".")
    return f"{summary}. {finding.hint}".strip() if finding.hint else f"{summary}."
