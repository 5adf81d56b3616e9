"""Findings as GitLab's code quality report."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from djup.model import Finding
from djup.report.forms import json
from djup.report.forms.lines import message

LEVELS = {"must": "major", "should": "minor", "may": "info"}


def render(findings: Sequence[Finding]) -> str:
    """Return the report; of equal fingerprints GitLab shows but one, so each finding has its own."""
    return json.render([_entry(finding) for finding in findings])


def _entry(finding: Finding) -> dict[str, Any]:
    key = f"{finding.change} {finding.place} {finding.summary}"
    path = str(finding.place.path) if finding.place else "."
    return {
        "description": message(finding),
        "check_name": finding.change,
        "fingerprint": hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest(),
        "severity": LEVELS[finding.severity],
        "location": {"path": path, "lines": {"begin": finding.place.line if finding.place else 1}},
    }
