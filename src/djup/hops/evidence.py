"""What is measured in a hop, each kind under one typed key: the only place where a name on disk and its type meet."""

from __future__ import annotations

from pathlib import Path

from djup.hops.ledger import Evidence
from djup.hops.repairs.repair import Repair
from djup.model import Checked, Finding, PackageKept, PackageMove, Record, TestRun
from djup.packages.outlook import Outlook
from djup.packages.resolve import Resolution
from djup.verify.assertions import Strength, TestEdit
from djup.verify.confidence import Confidence
from djup.verify.diagnosis import Cause
from djup.verify.lines import Coverage
from djup.verify.proof import SchemaProof
from djup.verify.smoke.decision import SmokeDecision
from djup.verify.smoke.records import Difference, Smoke


class Built(Record):
    """The environment an install step made: its interpreter's path and what a person should know of it."""

    python: Path
    notes: tuple[str, ...] = ()


class RaisedGroup(Record):
    """How a group of packages went in the last hop: whether anything was raised, and what of it stays, and why."""

    green: bool
    kept: tuple[PackageKept, ...] = ()


# What describes the stop a hop ends at. The next hop may begin with it.
RESOLUTION = Evidence("resolution", Resolution, of_stop=True)
ENVIRONMENT = Evidence("environment", Built, of_stop=True)
CHECKS = Evidence("checks", tuple[Checked, ...], of_stop=True)
TESTS = Evidence("tests", TestRun, of_stop=True)
STRENGTHS = Evidence("strengths", dict[str, Strength], of_stop=True)
SMOKE = Evidence("smoke", Smoke, of_stop=True)
SCHEMA = Evidence("schema", SchemaProof, of_stop=True)

# What tells of the hop itself: how it differs from the baseline, and what was done.
MOVES = Evidence("moves", tuple[PackageMove, ...])
LINES = Evidence("lines", Coverage)
TEST_EDITS = Evidence("test-edits", tuple[TestEdit, ...])
SMOKE_DECISION = Evidence("smoke-wanted", SmokeDecision)
DIFFERENCES = Evidence("differences", tuple[Difference, ...])
FINDINGS = Evidence("findings", tuple[Finding, ...])
CONFIDENCE = Evidence("confidence", Confidence)
REPAIRS = Evidence("repairs", tuple[Repair, ...])
CAUSES = Evidence("causes", tuple[Cause, ...])
OUTLOOK = Evidence("outlook", Outlook)


def raised_group(name: str) -> Evidence[RaisedGroup]:
    """The key of one group of the last hop, by the name of its step."""
    return Evidence(name, RaisedGroup)
