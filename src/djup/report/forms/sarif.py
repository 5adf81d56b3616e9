"""Findings as SARIF 2.1.0, which code scanners and editors read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from djup import __version__
from djup.lifecycle.gate import RULES
from djup.model import Finding
from djup.report.forms import json
from djup.report.forms.lines import message

LEVELS = {"must": "error", "should": "warning", "may": "note"}
"""SARIF 2.1.0, 3.27.10."""

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(findings: Sequence[Finding]) -> str:
    """Return the log of one run."""
    rules = {finding.change: finding for finding in findings}
    driver = {"name": "djup", "version": __version__, "rules": [_rule(finding) for finding in rules.values()]}
    run = {"tool": {"driver": driver}, "results": [_result(finding) for finding in findings]}
    return json.render({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(finding: Finding) -> dict[str, Any]:
    """A rule speaks for all its findings: a change's summary does, that of a lifecycle names one thing in use."""
    text = {"text": RULES.get(finding.change, finding.summary)}
    link = {"helpUri": finding.link} if finding.link else {}
    return {"id": finding.change, "shortDescription": text, **link}


def _result(finding: Finding) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": finding.change,
        "level": LEVELS[finding.severity],
        "message": {"text": message(finding)},
    }
    if finding.place is not None:
        # 3.30.5: lines and columns count from 1; a finding about a whole file has no region
        region = {"startLine": finding.place.line, "startColumn": max(1, finding.place.column)}
        artifact = {"artifactLocation": {"uri": quote(str(finding.place.path), errors="surrogateescape")}}
        found["locations"] = [{"physicalLocation": artifact | ({"region": region} if finding.place.line else {})}]
    return found
