"""Environments: built once for what they hold, used again, mended when damaged, never left half-built."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from djup.environments.interpreters import Interpreter, interpreters
from djup.environments.store import READY, Contents, Environment, ensure_environment
from djup.errors import EnvironmentFailedError

pytestmark = [pytest.mark.slow, pytest.mark.network]

SMALL = Contents(lines=("six==1.16.0",))

BUILDER = """\
import sys
from pathlib import Path
from djup.environments.interpreters import interpreters
from djup.environments.store import Contents, ensure_environment
ensure_environment(Contents(lines=("six==1.16.0", "django==4.2.16", "asgiref==3.8.1", "sqlparse==0.5.1")), interpreters()[0], Path(sys.argv[1]))
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    downloads = os.environ.get("UV_CACHE_DIR", str(Path.home() / ".cache" / "uv"))
    monkeypatch.setenv("UV_CACHE_DIR", downloads)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "djup" / "environments"


@pytest.fixture
def interpreter() -> Interpreter:
    return next(one for one in interpreters() if one.release >= (3, 8))


def holds(environment: Environment, module: str) -> bool:
    return (
        subprocess.run([environment.python, "-c", f"import {module}"], check=False, capture_output=True).returncode == 0
    )


def test_the_same_contents_are_built_once(interpreter: Interpreter, tmp_path: Path):
    first = ensure_environment(SMALL, interpreter, tmp_path)
    second = ensure_environment(SMALL, interpreter, tmp_path)
    assert (first.reused, second.reused) == (False, True)
    assert first.folder == second.folder
    assert holds(second, "six")


def test_the_order_of_lines_does_not_matter_and_a_version_does(interpreter: Interpreter, tmp_path: Path):
    one = ensure_environment(Contents(lines=("six==1.16.0", "sqlparse==0.5.1")), interpreter, tmp_path)
    same = ensure_environment(Contents(lines=("sqlparse==0.5.1", "six==1.16.0")), interpreter, tmp_path)
    other = ensure_environment(Contents(lines=("sqlparse==0.5.1", "six==1.17.0")), interpreter, tmp_path)
    assert one.key == same.key != other.key


def test_a_damaged_environment_is_built_again(interpreter: Interpreter, tmp_path: Path):
    first = ensure_environment(SMALL, interpreter, tmp_path)
    (first.folder / "bin" / "python").unlink()
    again = ensure_environment(SMALL, interpreter, tmp_path)
    assert not again.reused
    assert holds(again, "six")


def test_one_without_its_mark_counts_as_half_built(interpreter: Interpreter, tmp_path: Path):
    first = ensure_environment(SMALL, interpreter, tmp_path)
    (first.folder / READY).unlink()
    assert not ensure_environment(SMALL, interpreter, tmp_path).reused


def test_a_build_that_is_killed_leaves_nothing_that_counts(interpreter: Interpreter, tmp_path: Path, cache: Path):
    building = subprocess.Popen([sys.executable, "-c", BUILDER, str(tmp_path)], start_new_session=True)
    deadline = time.monotonic() + 60
    while not list(cache.glob("*.building")) and time.monotonic() < deadline:
        time.sleep(0.01)
    building.send_signal(signal.SIGKILL)
    building.wait()
    assert not [folder for folder in cache.iterdir() if folder.is_dir() and (folder / READY).exists() and folder.suffix]
    assert ensure_environment(SMALL, interpreter, tmp_path).python.exists()


def test_two_that_want_the_same_get_the_same(interpreter: Interpreter, tmp_path: Path):
    found: list[Environment] = []
    asking = [
        threading.Thread(target=lambda name=name: found.append(ensure_environment(SMALL, interpreter, tmp_path / name)))
        for name in ("a", "b")
    ]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert found[0].folder == found[1].folder
    assert sorted(one.reused for one in found) == [False, True]


def test_the_project_itself_is_installed_so_that_it_knows_its_version(interpreter: Interpreter, tmp_path: Path):
    project = tmp_path / "shop"
    project.mkdir()
    (project / "setup.py").write_text(
        "from setuptools import setup\nsetup(name='shop', version='7.1', py_modules=['shop'])\n"
    )
    (project / "shop.py").write_text("")
    contents = Contents(lines=("six==1.16.0",), project=project)
    built = ensure_environment(contents, interpreter, tmp_path)
    asked = "import importlib.metadata as m; print(m.version('shop'))"
    assert subprocess.run([built.python, "-c", asked], capture_output=True, text=True, check=True).stdout == "7.1\n"


def test_what_cannot_be_had_is_told_with_the_end_of_the_log(interpreter: Interpreter, tmp_path: Path):
    with pytest.raises(EnvironmentFailedError) as told:
        ensure_environment(Contents(lines=("six==99.0",)), interpreter, tmp_path)
    assert "six" in str(told.value)


def test_a_removed_cache_is_made_again(interpreter: Interpreter, tmp_path: Path, cache: Path):
    ensure_environment(SMALL, interpreter, tmp_path)
    shutil.rmtree(cache)
    assert not ensure_environment(SMALL, interpreter, tmp_path).reused
