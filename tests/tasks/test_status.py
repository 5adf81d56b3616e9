"""``djup status`` after each state of a run: it names the state, and the one command to type next."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path, PurePosixPath

import pytest

from djup.config import Config, load_config
from djup.hops.ledger import Ledger, Run, State
from djup.hops.lock import only_run
from djup.model import Hop, Stop, UpgradePath
from djup.report.status import StatusPage
from djup.tasks.plan import read
from djup.tasks.status import make_status

TODAY = dt.date(2026, 11, 21)
BRANCH = "djup/5.2"


def git(folder: Path, *words: str) -> str:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    return subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "requirements.txt").write_text("Django==4.2.30\n")
    (tmp_path / ".python-version").write_text("3.12\n")
    (tmp_path / "manage.py").write_text("")
    git(tmp_path, "init", "-q", "--initial-branch=main")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "-qm", "as it is")
    return tmp_path


def with_run(root: Path, state: State, reason: str = "") -> Path:
    """The project with a run on record, its branch one commit ahead."""
    start, end = Stop(django="4.2.30", python=(3, 12)), Stop(django="5.2.19", python=(3, 12))
    hop = Hop(number=1, kind="feature", start=start, end=end, why="the next stop")
    run = Run(
        branch=BRANCH, base=git(root, "rev-parse", "HEAD").strip(), top=root, inside=PurePosixPath(),
        started=dt.datetime(2026, 11, 20, tzinfo=dt.UTC), config=Config(),
        path=UpgradePath(start=start, target=end, hops=(hop,)), state=state, reason=reason,
    )  # fmt: skip
    Ledger(root / ".git", BRANCH).write_run(run)
    git(root, "switch", "-q", "--create", BRANCH)
    git(root, "commit", "-q", "--allow-empty", "-m", "upgraded")
    git(root, "switch", "-q", "main")
    return root


def status_of(root: Path) -> StatusPage:
    config = load_config(root, {}, {})
    return make_status(read(root, config), config, TODAY)


def test_nothing_yet_leads_to_the_plan(shop: Path):
    page = status_of(shop)
    assert page.run is None
    assert page.next_command == "djup plan"


def test_without_a_repository_one_is_made(tmp_path: Path):
    (tmp_path / "requirements.txt").write_text("Django==4.2.30\n")
    (tmp_path / "manage.py").write_text("")
    assert status_of(tmp_path).next_command == "djup upgrade --init-git"


def test_changed_files_come_before_a_plan(shop: Path):
    (shop / "manage.py").write_text("import os\n")
    assert status_of(shop).next_command == "git stash"


@pytest.mark.parametrize(
    ("state", "shown", "command"),
    [
        ("running", "stopped", "djup upgrade --continue"),
        ("blocked", "blocked", "djup report"),
        ("baseline-red", "baseline-red", "djup report"),
        ("environment-failed", "environment-failed", "djup report"),
        ("green", "green", f"git merge {BRANCH}"),
    ],
)
def test_a_run_on_record_comes_first(shop: Path, state: State, shown: str, command: str):
    page = status_of(with_run(shop, state, "why it stopped"))
    assert page.run is not None
    assert (page.run.state, page.run.target, page.next_command) == (shown, "5.2.19", command)


def test_a_run_at_work_now_is_running(shop: Path):
    with only_run(with_run(shop, "running") / ".git"):
        page = status_of(shop)
    assert page.run is not None
    assert (page.run.state, page.next_command) == ("running", "djup report")


@pytest.mark.parametrize("deleted", [False, True])
def test_a_merged_run_leads_on(shop: Path, *, deleted: bool):
    with_run(shop, "green")
    git(shop, "update-ref", "refs/djup/green/djup-5.2", BRANCH)
    git(shop, "merge", "-q", BRANCH)
    if deleted:
        git(shop, "branch", "-q", "--delete", BRANCH)
    page = status_of(shop)
    assert page.run is not None
    assert (page.run.state, page.next_command) == ("merged", "djup plan")


def test_at_the_target_there_is_only_to_watch(shop: Path):
    (shop / "requirements.txt").write_text("Django==4.2.30\n")
    (shop / "djup.toml").write_text('to = "4.2"\n')
    git(shop, "add", "--all")
    git(shop, "commit", "-qm", "stay")
    assert status_of(shop).next_command == "djup check"
