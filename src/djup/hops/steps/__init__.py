"""The steps of a hop, by name, in the order they run."""

from __future__ import annotations

from djup.hops.steps.adapt import adapt
from djup.hops.steps.bump import bump
from djup.hops.steps.check import check
from djup.hops.steps.fix import fix
from djup.hops.steps.install import install
from djup.hops.steps.record import record
from djup.hops.steps.schema import schema
from djup.hops.steps.smoke import smoke
from djup.hops.steps.test import test
from djup.hops.work import StepFunction
from djup.model import Hop

STEPS: dict[str, StepFunction] = {
    "fix": fix,
    "bump": bump,
    "install": install,
    "adapt": adapt,
    "check": check,
    "test": test,
    "smoke": smoke,
    "schema": schema,
    "record": record,
}
"""``fix`` rewrites what runs on the current release already; ``adapt`` what only the next one allows."""

BASELINE = ("install", "check", "test", "smoke", "schema", "record")

AFTER_REPAIR = ("bump", "install", "adapt", "check", "test", "smoke", "schema")
"""What runs again once a repair is known or a person mended something."""


def steps_of(hop: Hop) -> tuple[str, ...]:
    """The steps of a hop; hop 0 is the baseline."""
    return tuple(STEPS) if hop.number else BASELINE
