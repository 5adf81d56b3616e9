"""``make demo``: the bundled Django 2.2 site goes all the way, and nothing it leaves is about to break."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.road.conftest import git

pytestmark = [pytest.mark.slow, pytest.mark.network]

DEMO = Path(__file__).parent.parent.parent / "scripts" / "demo.py"
NEWEST = "6.1."


def test_the_demo_ends_green_at_the_newest_django(surroundings: dict[str, str], tmp_path: Path):
    surroundings["TMPDIR"] = str(tmp_path)
    ran = subprocess.run([sys.executable, str(DEMO)], env=surroundings, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    (root,) = tmp_path.glob("djup-demo-*/townlibrary")
    djup = [sys.executable, "-m", "djup", "report", "--format", "json", str(root)]
    report = json.loads(subprocess.run(djup, env=surroundings, capture_output=True, text=True, check=True).stdout)
    assert report["verdict"] == "green"
    assert report["reached"]["django"].startswith(NEWEST)
    assert report["reached"]["python"] in ("3.12", "3.13", "3.14")
    assert report["tests"]["final"] == report["tests"]["baseline"]
    assert report["tests"]["baseline"]["passed"] >= 60
    assert report["warnings"]["baseline"]["own_removals"] > 0
    assert report["warnings"]["final"]["own_removals"] == 0
    _the_history_is_a_careful_persons(root, report["branch"])


def _the_history_is_a_careful_persons(root: Path, branch: str) -> None:
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "log", "--format=%s", "main") == "The site as it was left"
    bodies = git(root, "log", "--format=%B%x00", f"main..{branch}").split("\0")[:-1]
    assert len(bodies) >= 20
    for body in bodies:
        subject, blank, *rest = body.strip().splitlines()
        assert re.match(r"[A-Z].{5,71}$", subject), subject
        assert blank == ""
        assert rest
        assert all(len(line) <= 100 or "https://" in line for line in rest)
