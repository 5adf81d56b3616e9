"""Findings as other tools read them: SARIF, GitHub's annotations, GitLab's code quality, one line each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from djup import __version__
from djup.lifecycle.gate import RULES
from djup.model import Finding

LEVELS = {"must": "error", "should": "warning", "may": "note"}
"""SARIF 2.1.0, 3.27.10."""

GITHUB = {"must": "error", "should": "warning", "may": "notice"}
GITLAB = {"must": "major", "should": "minor", "may": "info"}


def sarif(findings: Sequence[Finding]) -> str:
    """A SARIF 2.1.0 log of one run."""
    rules = {one.change: one for one in findings}
    run = {
        "tool": {
            "driver": {
                "name": "djup",
                "version": __version__,
                "rules": [_rule(one) for one in rules.values()],
            }
        },
        "results": [_result(one) for one in findings],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2)


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
        region = {"startLine": finding.place.line, "startColumn": finding.place.column}
        found["locations"] = [
            {"physicalLocation": {"artifactLocation": {"uri": quote(str(finding.place.path))}, "region": region}}
        ]
    return found


def github(findings: Sequence[Finding]) -> str:
    """Workflow commands, one line each."""
    return "".join(f"::{GITHUB[one.severity]} {_properties(one)}::{_plain(message(one))}\n" for one in findings)


def _properties(finding: Finding) -> str:
    place, title = finding.place, f"title={_property(finding.change)}"
    if place is None:
        return title
    return f"file={_property(str(place.path))},line={place.line},col={place.column},{title}"


def _plain(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _plain(text).replace(":", "%3A").replace(",", "%2C")


def gitlab(findings: Sequence[Finding]) -> str:
    """A code quality report."""
    return json.dumps([_quality(one) for one in findings], indent=2)


def _quality(finding: Finding) -> dict[str, Any]:
    key = f"{finding.change} {finding.place} {finding.summary}"  # of equal fingerprints GitLab shows but one
    path = str(finding.place.path) if finding.place else "."
    return {
        "description": message(finding),
        "check_name": finding.change,
        "fingerprint": hashlib.sha256(key.encode()).hexdigest(),
        "severity": GITLAB[finding.severity],
        "location": {"path": path, "lines": {"begin": finding.place.line if finding.place else 1}},
    }


def lines(findings: Sequence[Finding]) -> str:
    """``path:line:column: id severity message``, one line each."""
    return "".join(f"{one.place}: {one.change} {one.severity}: {message(one)}\n" for one in findings)


def message(finding: Finding) -> str:
    """What is found and what to do about it."""
    return f"{finding.summary}. {finding.hint}".strip() if finding.hint else f"{finding.summary}."


FORMS: Mapping[str, Callable[[Sequence[Finding]], str]] = {
    "sarif": sarif,
    "github": github,
    "gitlab": gitlab,
    "text": lines,
}
