"""A run killed at any moment goes on where it was, and ends with the tree of an undisturbed one."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


def git(folder: Path, *words: str) -> str:
    """Ask git about a folder."""
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


DRIVER = Path(__file__).parent / "driver.py"

STEPS = ["0-install", "0-check", "0-test", "0-record"]
STEPS += [f"1-{step}" for step in ("fix", "bump", "install", "adapt", "check", "test", "record")]


def is_over(root: Path, step: str) -> bool:
    hop, _, name = step.partition("-")
    return (root / ".git" / "djup" / "runs" / "djup-5.0" / "steps" / f"0{hop}-{name}.json").exists()


def drive(root: Path, moment: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, str(DRIVER), str(root), "5.0", moment]
    return subprocess.run(argv, env=env, capture_output=True, text=True, check=False)


def all_moments() -> list[str]:
    """The moments in the order a run meets them, those within a step before the step's end."""
    order = []
    for step in STEPS:
        order.append(f"before {step}")
        order += {
            "1-fix": ["commit in 1-fix"],
            "1-bump": ["within 1-bump 0.03", "commit in 1-bump"],
            "1-install": ["within 1-install 0.05", "within 1-install 0.4"],
            "1-test": ["within 1-test 0.1", "within 1-test 0.6"],
        }.get(step, [])
        order.append(f"after {step}")
        if step.endswith("-record"):
            order.append(f"end of {step[0]}")
    return order


@pytest.mark.slow
@pytest.mark.network
def test_killed_everywhere_the_tree_is_the_same(make_project: Callable[..., Path], surroundings: dict[str, str]):
    calm, troubled = make_project("calm"), make_project("troubled")
    ended = drive(calm, "", surroundings)
    assert ended.stdout == "green", ended.stderr
    for moment in all_moments():
        if moment.startswith("after") and is_over(troubled, moment.partition(" ")[2]):
            continue  # the kill within it came as it ended
        ended = drive(troubled, moment, surroundings)
        assert ended.returncode == -signal.SIGKILL, f"{moment}: {ended.stderr}"
        assert git(troubled, "status", "--porcelain") == ""
        assert git(troubled, "symbolic-ref", "--short", "HEAD") == "main"
    ended = drive(troubled, "", surroundings)
    assert ended.stdout == "green", ended.stderr
    assert git(troubled, "rev-parse", "djup/5.0^{tree}") == git(calm, "rev-parse", "djup/5.0^{tree}")
    assert git(troubled, "log", "--format=%s", "djup/5.0") == git(calm, "log", "--format=%s", "djup/5.0")
    assert git(troubled, "rev-parse", "main") == git(troubled, "rev-list", "--max-parents=0", "main")
    git(troubled, "fsck", "--strict")
