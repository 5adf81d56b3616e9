"""A site as Django 1.3 laid it out, its checkout a package and its tests among those of all apps, on Python 2.7."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.road.conftest import git

pytestmark = [pytest.mark.slow, pytest.mark.network]

SITE = Path(__file__).parent.parent / "projects" / "villagevotes"

Djup = Callable[..., subprocess.CompletedProcess[str]]


def test_each_release_from_1_4_on_is_green(tmp_path: Path, djup: Djup):
    root = tmp_path / "villagevotes"
    shutil.copytree(SITE, root)
    git(root, "init", "--quiet", "--initial-branch", "main")
    for name, value in (("user.name", "Ada"), ("user.email", "ada@example.org")):
        git(root, "config", name, value)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "As it was")
    ran = djup("upgrade", "-y", "--to", "1.8", root)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    made = json.loads(djup("report", "--format", "json", root).stdout)
    assert made["verdict"] == "green"
    assert [one["to"]["django"] for one in made["hops"]][1:] == ["1.5.12", "1.6.11", "1.7.11", "1.8.19"]
    assert made["tests"]["baseline"]["total"] == made["tests"]["final"]["passed"] == 4
    assert "tests of installed packages ran as well; they are not counted" in ran.stderr
    assert "os.pardir" in git(root, "show", "djup/1.8:manage.py")
    assert "render(request, 'ballots/detail.html', context)" in git(root, "show", "djup/1.8:ballots/views.py")
