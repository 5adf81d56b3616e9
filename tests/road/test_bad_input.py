"""Bad input ends with one clear paragraph, the right exit code, and nothing changed."""

from __future__ import annotations

import fcntl
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Djup = Callable[..., subprocess.CompletedProcess[str]]
Make = Callable[..., Path]


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def state(root: Path) -> list[str]:
    """What must not change: branches with their commits, the checkout, the index."""
    return [git(root, "for-each-ref"), git(root, "status", "--porcelain"), git(root, "symbolic-ref", "HEAD")]


def refused(ended: subprocess.CompletedProcess[str], code: int, *said: str) -> None:
    assert ended.returncode == code, ended.stderr
    paragraph = ended.stderr.strip().splitlines()[-1]
    assert "Traceback" not in ended.stderr
    for text in said:
        assert text in ended.stderr, ended.stderr
    assert paragraph


def test_not_a_django_project(djup: Djup, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    refused(djup("status", tmp_path / "empty"), 2, "is not a Django project", "manage.py")


def test_no_such_folder(djup: Djup, tmp_path: Path):
    refused(djup("status", tmp_path / "nowhere"), 2, "does not exist")


def test_no_requirements(djup: Djup, make_project: Make):
    root = make_project(changes={"requirements.txt": None})
    before = state(root)
    refused(djup("upgrade", "-y", root), 2, "nothing in", "says which Django", "Pin it in requirements.txt")
    assert state(root) == before


def test_a_requirements_line_that_cannot_be_read(djup: Djup, make_project: Make):
    root = make_project(changes={"requirements.txt": "Django==4.2.30\nattrs=>1\n"})
    refused(djup("upgrade", "-y", root), 2, "requirements.txt:2:", "'attrs=>1'", "Mend that line")


def test_an_unknown_target(djup: Djup, make_project: Make):
    refused(djup("plan", "--to", "7.0", make_project()), 2, "after 6.2 LTS comes 2028")


def test_an_unknown_setting(djup: Djup, make_project: Make):
    root = make_project(changes={"djup.toml": 'too = "5.0"\n'})
    refused(djup("plan", root), 2, "djup.toml:1:", "Did you mean 'to'?")


def test_a_dirty_tree(djup: Djup, make_project: Make):
    root = make_project()
    (root / "shelf" / "models.py").write_text("changed = 1\n")
    before = state(root)
    refused(
        djup("upgrade", "-y", "--to", "5.0", root),
        2,
        "1 paths are changed or not tracked: shelf/models.py",
        "--allow-dirty",
    )
    assert state(root) == before
    assert (root / "shelf" / "models.py").read_text() == "changed = 1\n"


def test_no_git(djup: Djup, make_project: Make):
    root = make_project(commit=False)
    refused(djup("upgrade", "-y", "--to", "5.0", root), 2, "is not in a git repository", "--init-git")
    assert not (root / ".git").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to give a folder to somebody else")
def test_a_repository_that_git_does_not_trust(djup: Djup, make_project: Make):
    root = make_project()
    home = {"HOME": str(root.parent)}
    for path in (root, root / ".git"):
        os.chown(path, pwd.getpwnam("nobody").pw_uid, -1)
    for words in (["upgrade", "-y"], ["report"], ["upgrade", "--init-git", "-y"]):
        refused(djup(*words, root, **home), 2, "dubious ownership", f"git config --global --add safe.directory {root}")
    assert djup("status", root, **home).returncode == 0


def test_a_python_that_is_not_installed(djup: Djup, make_project: Make):
    root = make_project(changes={".python-version": "3.5\n", "requirements.txt": "Django==2.2.28\n"})
    before = state(root)
    refused(
        djup("upgrade", "-y", "--to", "2.2", "--python", "3.5", root),
        5,
        "Python 3.5 is not on this machine",
        "Install it",
    )
    assert state(root) == before


@pytest.mark.network
def test_a_syntax_error_in_a_source_file(djup: Djup, make_project: Make):
    root = make_project(changes={"shelf/views.py": "def broken(:\n"})
    before = state(root)
    ended = djup("upgrade", "-y", "--to", "5.0", root)
    refused(ended, 4, "shelf/views.py", "line 1")
    assert state(root) == before


@pytest.mark.network
def test_settings_that_need_a_variable(djup: Djup, make_project: Make):
    settings = "import os\nSECRET_KEY = os.environ['SHOP_SECRET']\nINSTALLED_APPS = []\n"
    root = make_project(changes={"site_settings.py": settings})
    before = state(root)
    refused(djup("upgrade", "-y", "--to", "5.0", root), 4, "SHOP_SECRET", "--env SHOP_SECRET=")
    assert state(root) == before


@pytest.mark.network
def test_an_app_without_settings(djup: Djup, make_project: Make):
    app = {"manage.py": None, "site_settings.py": None, "site_urls.py": None, "shelf/tests.py": None}
    root = make_project(changes={**app, "shelf/settings.py": "from django.conf import settings\nSIZE = 3\n"})
    refused(djup("upgrade", "-y", "--to", "5.0", root), 4, "nothing says which settings", "--settings", "djup fix")


def test_settings_that_import_what_is_not_there(djup: Djup, make_project: Make):
    root = make_project(changes={"site_settings.py": "import not_there\nSECRET_KEY = 'x'\nINSTALLED_APPS = []\n"})
    refused(djup("upgrade", "-y", "--to", "5.0", root), 4, "No module named 'not_there'", "`requirements` in djup.toml")


def test_a_red_baseline(djup: Djup, make_project: Make):
    tests = "from django.test import TestCase\n\n\nclass T(TestCase):\n    def test_red(self):\n        self.fail('as ever')\n"
    root = make_project(changes={"shelf/tests.py": tests})
    before = state(root)
    refused(
        djup("upgrade", "-y", "--to", "5.0", root),
        4,
        "1 of 1 tests fail",
        "shelf.tests.T.test_red",
        "--accept-failures",
    )
    assert state(root) == before


@pytest.mark.network
def test_a_package_that_cannot_be_built(djup: Djup, make_project: Make, tmp_path: Path):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "setup.py").write_text("raise SystemExit('pg_config executable not found')\n")
    root = make_project(changes={"requirements.txt": f"Django==4.2.30\nbroken @ file://{broken}\n"})
    before = state(root)
    refused(djup("upgrade", "-y", "--to", "5.0", root), 5, "broken", "libpq-dev")
    assert state(root) == before


def test_no_network(djup: Djup, make_project: Make, tmp_path: Path):
    root = make_project()
    before = state(root)
    dead = {
        "UV_DEFAULT_INDEX": "http://127.0.0.1:9/simple",
        "UV_CACHE_DIR": str(tmp_path / "uv"),
        "UV_HTTP_RETRIES": "0",
    }
    refused(
        djup("upgrade", "-y", "--to", "5.0", root, **dead),
        5,
        "the package index could not be reached",
        "Check the network",
    )
    assert state(root) == before


def test_a_full_disk(djup: Djup, make_project: Make, tmp_path: Path):
    full = tmp_path / "full"
    full.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(full)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("only root can mount a full disk")
    try:
        root = make_project()
        before = state(root)
        ended = djup("upgrade", "-y", "--to", "5.0", root, UV_CACHE_DIR=str(full / "uv"))
        refused(ended, 5, "the disk is full", "Free some space")
        assert state(root) == before
    finally:
        subprocess.run(["umount", str(full)], check=True)


def test_a_second_run_at_the_same_time(djup: Djup, make_project: Make):
    root = make_project()
    (root / ".git" / "djup").mkdir()
    with (root / ".git" / "djup" / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        refused(djup("upgrade", "-y", "--to", "5.0", root), 2, "another djup", "nothing was changed")


@pytest.mark.network
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 130)])
def test_interrupted(make_project: Make, surroundings: dict[str, str], number: int, code: int):
    root = make_project()
    # What runs in the background of a shell ignores interrupts, and hands that on to what it starts.
    heard = ["env", "--default-signal=INT"]
    argv = [*heard, sys.executable, "-m", "djup", "upgrade", "-y", "--to", "5.0", str(root)]
    running = subprocess.Popen(argv, env=surroundings, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 30
    while not (root / ".git" / "djup" / "runs").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    running.send_signal(number)
    _, said = running.communicate(timeout=60)
    assert running.returncode == code, said
    assert "Traceback" not in said
    assert "again to go on" in said
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "symbolic-ref", "--short", "HEAD") == "main"


def test_a_run_that_is_not_there(djup: Djup, make_project: Make):
    root = make_project()
    refused(djup("report", root), 2, "no run is on record")
    refused(djup("upgrade", "-y", "--continue", root), 2, "there is no run to continue")
    refused(djup("upgrade", "--abort", root), 2, "there is no run to abort")


def test_an_unknown_change(djup: Djup):
    refused(djup("explain", "4.0/ugetext"), 2, "there is no change '4.0/ugetext'", "4.0/ugettext")
