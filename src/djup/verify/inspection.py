"""Checks and sweeps in the project's own Python: system check, migration drift, templates, imports, and sources."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from djup.model import Checked, Trouble
from djup.verify.owners import Owners
from djup.verify.warnings import read_warnings
from djup.verify.workplace import Workplace, read_lines, run_probe

TASKS = ("check", "drift", "templates", "imports")


def inspect(place: Workplace, modules: Sequence[str], sources: Sequence[str]) -> tuple[Checked, ...]:
    """Compile the sources, set Django up, and run every check and sweep; one record each, in that order.

    ``sources`` are paths relative to the project. A sweep that could not run says why.
    """
    return (compile_sources(place, sources), *_inspect(place, modules))


def compile_sources(place: Workplace, sources: Sequence[str]) -> Checked:
    """Compile each source file with the environment's Python."""
    place.logs.mkdir(parents=True, exist_ok=True)
    listed = place.logs / "sources.txt"
    listed.write_text("".join(f"{path}\n" for path in sources), encoding="utf-8")
    ran, out = run_probe(place, "compile_sources", [listed, place.root], cwd=place.root)
    lines = read_lines(out / "compiled.jsonl")
    troubles = [
        Trouble(subject=line["subject"], message=line["message"], owner="own") for line in lines if not line["ok"]
    ]
    return Checked(
        name="sources",
        ran=ran.ok,
        well=tuple(line["subject"] for line in lines if line["ok"]),
        troubles=tuple(troubles),
        warnings=read_warnings(out, Owners(place.root, place.python)),
        seconds=ran.seconds,
        log=ran.log,
        reason="" if ran.ok else ran.tail(5),
    )


def _inspect(place: Workplace, modules: Sequence[str]) -> list[Checked]:
    asked = place.logs / "inspect.json"
    asked.write_text(json.dumps({"tasks": TASKS, "modules": list(modules), "root": str(place.root)}))
    directory = place.tests.directory if place.tests else Path()
    extra = place.tests.environment if place.tests else {}
    ran, out = run_probe(place, "inspect_project", [asked], cwd=place.root / directory, extra=extra)
    owners = Owners(place.root, place.python)
    lines = read_lines(out / "inspection.jsonl")
    seconds = ran.seconds / (len(TASKS) + 1)
    checked = [_checked(name, lines, owners, seconds, ran.log) for name in ("settings", *TASKS)]
    if not checked[0].troubles and not checked[0].well:
        reason = ran.tail(8)
        trouble = Trouble(subject="settings", message=f"Django could not be set up: {reason}")
        checked[0] = Checked(name="settings", ran=False, troubles=(trouble,), log=ran.log, reason=reason)
    warnings = read_warnings(out, owners)
    return [checked[0], msgspec.structs.replace(checked[1], warnings=warnings), *checked[2:]]


def _checked(name: str, lines: list[dict[str, Any]], owners: Owners, seconds: float, log: str) -> Checked:
    own = [line for line in lines if line["task"] == name]
    done = name == "settings" or any(not line["subject"] and line["ok"] for line in own)
    return Checked(
        name=name,
        ran=done,
        well=tuple(line["subject"] for line in own if line["ok"] and line["subject"]),
        troubles=tuple(
            Trouble(
                subject=line["subject"],
                message=line["message"],
                owner=owners.of(line["owner"]) if line["owner"] else "",
                trace=line["trace"],
            )
            for line in own
            if not line["ok"]
        ),
        seconds=seconds,
        log=log,
        reason="" if done else "it did not come to its end",
    )
