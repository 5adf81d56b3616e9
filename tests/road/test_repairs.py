"""Repairs of a red hop: a raised package is kept where it helps, and taken back where the same failures stay."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.road.conftest import git

pytestmark = [pytest.mark.slow, pytest.mark.network]

Djup = Callable[..., subprocess.CompletedProcess[str]]
Make = Callable[..., Path]

BROKEN = "import django\n\n\ndef do():\n    if django.VERSION >= (5,):\n        raise ValueError('straight is too old')\n    return 1\n"
MENDED = "def do():\n    return 1\n"

USES = """\
from django.test import SimpleTestCase
import straight


class Uses(SimpleTestCase):
    def test_it(self):
        self.assertEqual(straight.do(), 1)
"""


def wheel(folder: Path, version: str, code: str) -> None:
    about = f"straight-{version}.dist-info"
    files = {
        "straight.py": code,
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: straight\nVersion: {version}\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    listed = "".join(f"{name},,\n" for name in [*files, f"{about}/RECORD"])
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / f"straight-{version}-py3-none-any.whl", "w") as archive:
        for name, text in {**files, f"{about}/RECORD": listed}.items():
            archive.writestr(name, text)


def site(make_project: Make, tmp_path: Path, newer: str) -> Path:
    wheel(tmp_path / "wheels", "1.0", BROKEN)
    wheel(tmp_path / "wheels", "1.1", newer)
    requirements = f"--find-links {tmp_path / 'wheels'}\nDjango==4.2.30\nstraight==1.0\n"
    return make_project(changes={"shelf/test_uses.py": USES, "requirements.txt": requirements})


def test_a_raised_package_that_helps_is_kept(make_project: Make, djup: Djup, tmp_path: Path):
    root = site(make_project, tmp_path, MENDED)
    ran = djup("upgrade", "-y", "--no-packages", "--to", "5.0", root)
    assert ran.returncode == 0, ran.stderr
    report = json.loads(djup("report", "--format", "json", root).stdout)
    assert [(one["what"], one["kept"]) for one in report["repairs"]] == [("raise straight", True)]
    assert "straight==1.1" in git(root, "show", "djup/5.0:requirements.txt")
    assert report["causes"] == []


def test_a_raised_package_that_changes_nothing_is_taken_back(make_project: Make, djup: Djup, tmp_path: Path):
    root = site(make_project, tmp_path, BROKEN)
    stopped = djup("upgrade", "-y", "--no-packages", "--to", "5.0", root)
    assert stopped.returncode == 3
    report = json.loads(djup("report", "--format", "json", root).stdout)
    assert [(one["what"], one["kept"]) for one in report["repairs"]] == [("raise straight", False)]
    assert "straight==1.0" in git(root, "show", "djup/5.0:requirements.txt")
    (cause,) = report["causes"]
    assert (cause["kind"], cause["subject"], cause["failures"]) == ("package", "straight", ["test shelf.test_uses.Uses.test_it"])  # fmt: skip
    assert "taken back" in " ".join(stopped.stdout.partition("raise straight")[2].split())[:30]
