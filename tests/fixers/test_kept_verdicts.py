"""``djup fix --check`` keeps its verdicts: what did not change is not read again, what did is."""

from __future__ import annotations

import os
import time
from pathlib import Path, PurePosixPath

import pytest

from djup.scope import Scope
from djup.tasks.fix import Order, check
from djup.tasks.fix_cache import Verdict, load_verdicts, question

ORDER = Order(start=(2, 2), target=(5, 2))
OLD = "from django.utils.encoding import force_text\n\nname = force_text(1)\n"
NEW = "from django.utils.encoding import force_str\n\nname = force_str(1)\n\n"
FIRST = time.time() - 100


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "project"
    write(root / "app" / "old.py", OLD)
    write(root / "app" / "new.py", NEW)
    write(root / "app" / "plain.py", "x = 1\n")
    return root


def write(path: Path, text: str, at: float = FIRST) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (at, at))


def changed(root: Path, order: Order = ORDER, *, keep: bool = True) -> list[str]:
    return [str(path) for path in check([root], order, keep=keep)[1]]


def test_a_second_check_says_the_same(project):
    assert changed(project) == changed(project) == ["app/old.py"]


def test_what_has_the_same_size_and_time_is_not_read_again(project):
    changed(project)
    write(project / "app" / "old.py", NEW.ljust(len(OLD))[: len(OLD)])
    assert changed(project) == ["app/old.py"]
    assert changed(project, keep=False) == []


def test_what_changed_is_read_again(project):
    changed(project)
    write(project / "app" / "plain.py", OLD, at=FIRST + 1)
    write(project / "app" / "old.py", NEW, at=FIRST + 1)
    assert changed(project) == ["app/plain.py"]


def test_files_that_came_and_went_are_seen(project):
    changed(project)
    write(project / "app" / "more.py", OLD)
    (project / "app" / "old.py").unlink()
    assert changed(project) == ["app/more.py"]


def test_what_another_file_says_counts_again(project):
    write(
        project / "site" / "views.py",
        "from django.shortcuts import render\n\ndef gone(request):\n    return render(request, '404.html')\n",
    )
    order = Order(start=(1, 8), target=(2, 0))
    assert "site/views.py" not in changed(project, order)
    write(project / "site" / "urls.py", "handler404 = 'site.views.gone'\n")
    assert "site/views.py" in changed(project, order)


def test_a_name_that_another_file_declares_is_looked_for_in_all(project):
    order = Order(start=(1, 8), target=(2, 0))
    write(project / "kitchen" / "code.py", "def set_chefs(ada):\n    dish = Dish()\n    dish.chefs = [ada]\n")
    assert "kitchen/code.py" not in changed(project, order)
    models = "class Dish(models.Model):\n    chefs = models.ManyToManyField(Chef)\n"
    write(project / "kitchen" / "models.py", models)
    assert "kitchen/code.py" in changed(project, order)


def test_another_question_gets_an_answer_of_its_own(project):
    changed(project)
    assert changed(project, Order(start=(2, 2), target=(5, 2), scope=Scope(only=("5.0/pytz",)))) == []


def test_a_file_written_just_now_is_looked_at_again(project):
    write(project / "app" / "fresh.py", NEW, at=time.time())
    changed(project)
    kept = load_verdicts(project, question(ORDER))
    assert kept.files["app/old.py"].time
    assert not kept.files["app/fresh.py"].time
    write(project / "app" / "fresh.py", OLD[: len(NEW)].ljust(len(NEW)), at=time.time())
    assert changed(project) == ["app/fresh.py", "app/old.py"]


def test_a_fresh_checkout_is_known_by_what_is_in_its_files(project, monkeypatch):
    first = changed(project)
    for path in project.rglob("*.py"):
        os.utime(path, (FIRST + 50, FIRST + 50))
    with monkeypatch.context() as patched:
        patched.setattr("djup.tasks.fix_pool.check_text", None)
        assert changed(project) == first
    assert {one.time // 10**9 for one in kept_files(project)} == {int(FIRST + 50)}


def kept_files(root: Path) -> list[Verdict]:
    return list(load_verdicts(root, question(ORDER)).files.values())


def test_a_part_of_a_project_keeps_nothing(project):
    assert check([project / "app" / "old.py", project / "app" / "new.py"], ORDER)[1] == (PurePosixPath("old.py"),)
    assert not load_verdicts(project / "app", question(ORDER)).files


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"about": 1}'])
def test_verdicts_that_cannot_be_read_do_no_harm(project, tmp_path, content):
    changed(project)
    for file in (tmp_path / "cache" / "djup" / "checks").iterdir():
        file.write_bytes(content)
    assert changed(project) == ["app/old.py"]


def test_a_cache_that_cannot_be_written_does_no_harm(project, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert changed(project) == ["app/old.py"]
