"""``exclude`` and ``skip`` of djup.toml hold for every command that names or rewrites a place of a change."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.road.conftest import git

pytestmark = [pytest.mark.slow, pytest.mark.network]

OLD = """\
import datetime

from django.utils import timezone


def first():
    return datetime.datetime(2020, 1, 1, tzinfo=timezone.utc)
"""

SKIPPED, KEPT = "5.1/storages", "5.0/timezone-utc"

CHANGES: dict[str, str | None] = {
    "djup.toml": f'exclude = ["legacy/"]\nskip = ["{SKIPPED}"]\nto = "5.0"\npackages = false\n',
    "legacy/__init__.py": "",
    "legacy/dates.py": OLD,
    "shelf/dates.py": OLD,
}


def test_all_five_commands_touch_and_name_the_same(
    make_project: Callable[..., Path], djup: Callable[..., subprocess.CompletedProcess[str]]
):
    root = make_project("shop", CHANGES)
    fixed = json.loads(djup("fix", "--to", "5.0", "--statistics", "--format", "json", root).stdout)
    plan = json.loads(djup("plan", "--format", "json", root).stdout)
    guide = json.loads(djup("guide", "5.0", "--format", "json", root).stdout)
    diff = djup("upgrade", "--diff", root).stdout
    assert djup("upgrade", "-y", root).returncode == 0
    report = djup("report", "--format", "json", root).stdout
    touched = git(root, "diff", "--name-only", "main", "djup/5.0").splitlines()

    assert {"shelf/dates.py", "shelf/models.py"} <= set(fixed["changed"])
    assert KEPT in fixed["edits"]
    assert set(fixed["changed"]) == {path for path in touched if path.endswith(".py")}
    assert {line.removeprefix("+++ b/") for line in diff.splitlines() if line.startswith("+++ ")} <= set(touched)
    assert KEPT in json.dumps(plan)
    assert KEPT in {chapter["id"] for chapter in guide["chapters"]}
    for told in (json.dumps(fixed), json.dumps(plan), json.dumps(guide), diff, report, "\n".join(touched)):
        assert SKIPPED not in told.replace(json.dumps([SKIPPED]), "")
        assert "legacy/dates.py" not in told


def test_a_slip_in_an_id_is_an_error_that_names_the_nearest(
    make_project: Callable[..., Path], djup: Callable[..., subprocess.CompletedProcess[str]]
):
    root = make_project("shop", {**CHANGES, "djup.toml": 'skip = ["5.1/storage"]\n'})
    for words in (("fix", "--to", "5.0"), ("plan",), ("guide", "5.0"), ("upgrade", "--diff"), ("upgrade", "-y")):
        ran = djup(*words, root)
        assert (ran.returncode, "5.1/storages" in ran.stderr) == (2, True), words
