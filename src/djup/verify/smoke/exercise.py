"""Runs the smoke probe in the project's own Python, and reads what it saw."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import msgspec

from djup.model import from_json, to_json
from djup.verify.lines import Coverage, Lines, write_rc
from djup.verify.smoke.records import Observation, Smoke
from djup.verify.workplace import Workplace, read_lines, run_probe

TEST_MODULE = re.compile(r"(^|\.)(tests?|test_\w+|\w+_tests?|conftest)(\.|$)")

SECONDS = 300
"""A plan is not made longer than this; what it left out is said."""


def exercise(
    place: Workplace,
    modules: Sequence[str],
    directory: PurePosixPath,
    *,
    plan: Smoke | None = None,
    coverage: Path | None = None,
    again: bool = False,
) -> Smoke:
    """Exercise the site and return what it did.

    ``plan`` is an earlier run whose requests are made once more; without one the plan is made. ``directory`` is where
    manage.py lies, relative to the project; ``coverage`` a folder that holds coverage.py. ``again`` is for a second
    run of the same code, with other hash seeds.
    """
    place.logs.mkdir(parents=True, exist_ok=True)
    asked, planned = place.logs / "smoke.json", place.logs / "plan.json"
    if plan is not None:
        planned.write_bytes(to_json(plan.plan))
    asked.write_text(
        json.dumps(
            {
                "root": str(place.root),
                "modules": [name for name in modules if not TEST_MODULE.search(name)],
                "plan": str(planned) if plan is not None else "",
                "coverage": str(coverage or ""),
                "rc": str(write_rc(place, place.logs / "smoke-lines", parallel=False)),
                "seconds": SECONDS,
                "again": again,
                "fixture": plan is None,
            }
        ),
        encoding="utf-8",
    )
    tests = place.tests.environment if place.tests else {}
    ran, out = run_probe(place, "smoke_project", [asked], cwd=place.root / directory, extra=tests)
    observations = tuple(msgspec.convert(line, Observation) for line in read_lines(out / "smoke.jsonl"))
    meta = {seen.subject: seen.facts for seen in observations if seen.kind == "meta"}
    setup = meta.get("setup", {})
    reason = "" if "end" in meta else setup.get("raised") or ran.tail(5) or "it did not come to its end"
    return Smoke(
        ran=not reason,
        plan=plan.plan if plan is not None else _plan(out / "plan.json"),
        observations=observations,
        lines=_lines(out / "coverage.json"),
        database=setup.get("database", ""),
        fallback=meta.get("fallback", {}).get("reason", ""),
        reason=reason,
        seconds=ran.seconds,
        log=ran.log,
        fixture=_text(out / "fixture.json"),
    )


def exercise_twice(
    place: Workplace, modules: Sequence[str], directory: PurePosixPath, *, coverage: Path | None = None
) -> Smoke:
    """Exercise the site, then once more the same way, to know which of the facts are steady."""
    first = exercise(place, modules, directory, coverage=coverage)
    return steady(first, exercise(place, modules, directory, plan=first, again=True)) if first.ran else first


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _plan(file: Path) -> tuple[dict[str, object], ...]:
    return tuple(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else ()


def _lines(file: Path) -> Coverage:
    if not file.exists():
        return Coverage(reason="no lines were measured: coverage.py could not be used")
    return Coverage(files=from_json(file.read_bytes(), dict[str, Lines]))


def steady(first: Smoke, second: Smoke) -> Smoke:
    """The first run, with the facts marked that a second run of the same code gave otherwise."""
    seen = {(observation.kind, observation.subject): observation.facts for observation in second.observations}
    unstable = [
        f"{observation.subject}|{name}"
        for observation in first.observations
        if observation.kind not in ("meta", "part")
        for name, value in observation.facts.items()
        if name != "trace"
        and seen.get((observation.kind, observation.subject), observation.facts).get(name, value) != value
    ]
    return msgspec.structs.replace(first, unstable=tuple(unstable), seconds=first.seconds + second.seconds)
