"""Where a project stands: of a range of Django, what runs on the Python that the project says."""

from __future__ import annotations

from pathlib import Path

from djup.config import Config
from djup.knowledge.support import load_support
from djup.tasks.plan import read, stand

HERE = ((3, 8), (3, 10), (3, 12))


def standing(folder: Path, requirement: str, python: str) -> str:
    (folder / "manage.py").write_text("")
    (folder / "requirements.txt").write_text(requirement + "\n")
    (folder / ".python-version").write_text(python + "\n")
    return stand(read(folder, Config()), load_support(), HERE).django


def test_a_range_gives_the_newest_that_the_said_python_runs(tmp_path: Path):
    assert standing(tmp_path, "Django>=4.2,<6.0", "3.8").startswith("4.2.")


def test_a_pin_is_taken_whatever_python_is_said(tmp_path: Path):
    assert standing(tmp_path, "Django==5.0.2", "3.8") == "5.0.2"


def test_a_python_that_runs_the_newest_changes_nothing(tmp_path: Path):
    assert standing(tmp_path, "Django>=4.2,<6.0", "3.12").startswith("5.2.")
