"""A site that never had a test is carried on all the same: its smoke tests stand in, and block what they should."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.road.conftest import as_repository, git

pytestmark = [pytest.mark.slow, pytest.mark.network]

SITE = Path(__file__).parent.parent / "projects" / "gardenclub"

Djup = Callable[..., subprocess.CompletedProcess[str]]


def lay_out(folder: Path, edits: dict[str, tuple[str, str]]) -> Path:
    root = folder / "gardenclub"
    shutil.copytree(SITE, root)
    for path, (old, new) in edits.items():
        text = (root / path).read_text(encoding="utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new), encoding="utf-8")
    return as_repository(root)


def report(djup: Djup, root: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(djup("report", "--format", "json", root).stdout)
    return made


def test_an_undisturbed_hop_is_green_and_says_what_is_proven(tmp_path: Path, djup: Djup):
    root = lay_out(tmp_path, {})
    ran = djup("upgrade", "-y", "--to", "3.0", root)
    assert ran.returncode == 0, ran.stderr
    made = report(djup, root)
    (hop,) = [one for one in made["hops"] if one["number"] == 1]
    known = hop["confidence"]
    assert known["smoke"]["routes_reached"] == known["smoke"]["routes"] > 20
    assert known["schema"] == "equal"
    assert known["coverage"] > 90
    assert known["changed"] == known["changed_ran"] + sum(len(one["lines"]) for one in known["unexercised"])
    assert "has no tests of its own" in hop["proven"][0]
    assert not [one for one in made["findings"] if one["change"].startswith(("smoke/", "schema/"))]
    assert "### What is proven" in djup("report", "--format", "markdown", root).stdout


def test_what_only_the_new_release_breaks_blocks_the_hop(tmp_path: Path, djup: Djup):
    broken = '{"plots": rows, "count": len(rows)} if django.VERSION < (3, 0) else {"plots": rows}'
    edits = {"plots/views.py": ("from plots.models import Crop", "import django\n\nfrom plots.models import Crop")}
    root = lay_out(tmp_path, edits)
    text = (root / "plots/views.py").read_text().replace('{"plots": rows, "count": len(rows)}', broken)
    (root / "plots/views.py").write_text(text)
    git(root, "commit", "--quiet", "--all", "--message", "Count no more in Django 3")
    ran = djup("upgrade", "-y", "--to", "3.0", root)
    assert ran.returncode == 3
    assert "smoke GET /plots/plots.json" in ran.stderr
    assert "count is gone" in ran.stderr
    assert djup("upgrade", "--continue", "--accept-difference", "count is gone", root).returncode == 0
    made = report(djup, root)
    assert made["verdict"] == "green"
    assert any("count is gone" in one["summary"] for one in made["findings"])


def test_a_column_that_changes_its_type_is_found(tmp_path: Path, djup: Djup):
    long = "max_length=30 if django.VERSION < (3, 0) else 60"
    edits = {
        "plots/models.py": ("name = models.CharField(max_length=30,", f"name = models.CharField({long},"),
        "plots/migrations/0001_initial.py": (
            "('name', models.CharField(max_length=30,",
            f"('name', models.CharField({long},",
        ),
    }
    root = lay_out(tmp_path, edits)
    for path in edits:
        (root / path).write_text("import django\n" + (root / path).read_text())
    git(root, "commit", "--quiet", "--all", "--message", "Names grow in Django 3")
    assert djup("upgrade", "-y", "--to", "3.0", root).returncode == 0
    made = report(djup, root)
    found = [one["summary"] for one in made["findings"] if one["change"] == "schema/type"]
    assert any("plots_section.name: type varchar(30) → varchar(60)" in one for one in found)
    assert any("migrated forward" in one for one in found)


def test_smoke_tests_can_be_left_out_but_then_nothing_is_proven(tmp_path: Path, djup: Djup):
    root = lay_out(tmp_path, {})
    ran = djup("upgrade", "-y", "--to", "3.0", "--smoke", "false", root)
    assert ran.returncode == 4
    assert "no test ran" in ran.stderr
