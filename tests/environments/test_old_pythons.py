"""Environments of Python 2.7, which uv does not know: as of a day, from what was fetched, and whole after the move."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from pathlib import Path

import pytest

from djup.environments.interpreters import Interpreter, interpreters, need_interpreter
from djup.environments.store import Contents, ensure_environment
from djup.environments.virtualenv import is_old, make_movable
from djup.packages.old_pythons import name_and_version
from djup.packages.resolve import ConflictError, Wanted, resolve
from djup.verify.owners import Owners

TODAY = dt.datetime.now(dt.UTC).date()


@pytest.mark.parametrize(
    ("file", "name", "version"),
    [
        ("Django-1.4.22.tar.gz", "django", "1.4.22"),
        ("django_debug_toolbar-1.6-py2.py3-none-any.whl", "django-debug-toolbar", "1.6"),
        ("zope.interface-4.7.2.zip", "zope-interface", "4.7.2"),
        ("django-piston-0.2.3rc-1.tar.gz", "django-piston", "0.2.3rc1"),
        ("backports.ssl-match-hostname-3.7.0.1.tar.bz2", "backports-ssl-match-hostname", "3.7.0.1"),
    ],
)
def test_a_file_tells_its_name_and_version(file: str, name: str, version: str):
    assert name_and_version(file) == (name, version)


def test_uv_is_asked_for_what_it_knows():
    assert [is_old(release) for release in ((2, 7), (3, 5), (3, 6), (3, 13))] == [True, True, False, False]


def test_a_script_finds_its_python_after_a_move_and_others_stay(tmp_path: Path):
    folder = tmp_path / "a.building"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").symlink_to("/bin/sh")
    (folder / "bin" / "tool").write_text(f"#!{folder}/bin/python2.7\nprint(1)\n")
    (folder / "bin" / "other").write_text("#!/bin/sh\necho 1\n")
    make_movable(folder)
    assert (folder / "bin" / "tool").read_text().startswith("#!/bin/sh\n'''exec'")
    assert (folder / "bin" / "tool").read_text().endswith("\nprint(1)\n")
    assert (folder / "bin" / "other").read_text() == "#!/bin/sh\necho 1\n"


@pytest.fixture
def python27(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Interpreter:
    downloads = os.environ.get("UV_CACHE_DIR", str(Path.home() / ".cache" / "uv"))
    monkeypatch.setenv("UV_CACHE_DIR", downloads)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return need_interpreter((2, 7), interpreters())


@pytest.mark.slow
@pytest.mark.network
def test_an_environment_of_python_2_holds_what_there_was_on_a_day(python27: Interpreter, tmp_path: Path):
    wanted = Wanted(
        requirements=("django==1.4.22", "South"), until=TODAY, as_of=dt.date(2013, 6, 1), exempt=("django",)
    )
    found = resolve(wanted, python27, root=tmp_path)
    assert found.pins == {"django": "1.4.22", "south": "0.8.1"}
    built = ensure_environment(Contents(lines=found.lines), python27, tmp_path / "logs")
    asked: list[str | Path] = [
        built.python,
        "-c",
        "import django, south, sys; print(django.get_version(), sys.version_info[:2])",
    ]
    assert subprocess.run(asked, capture_output=True, text=True, check=True).stdout == "('1.4.22', (2, 7))\n"
    script = subprocess.run([built.folder / "bin" / "django-admin.py", "--version"], capture_output=True, check=True)
    assert script.stdout == b"1.4.22\n"
    assert Owners(tmp_path, built.python).provider("south") == "south"
    assert ensure_environment(Contents(lines=found.lines), python27, tmp_path / "logs").reused


@pytest.mark.slow
@pytest.mark.network
def test_what_cannot_hold_together_on_python_2_is_said(python27: Interpreter, tmp_path: Path):
    with pytest.raises(ConflictError) as told:
        resolve(Wanted(requirements=("django==1.8.19", "six==99.0"), until=TODAY), python27, root=tmp_path)
    assert "six==99.0" in str(told.value)
