"""Private indexes, folders of wheels, and no index at all: what is found, and what no log may hold."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from djup.environments.interpreters import interpreters
from djup.environments.sources import Sources, own_sources
from djup.environments.store import Contents, ensure_environment
from djup.errors import DjupError, UsageError
from djup.packages.index import Index, IndexUnreachableError
from djup.packages.origins import sources_of
from djup.packages.resolve import Resolution, Wanted, resolve
from djup.project.read import read_project
from tests.packages.conftest import Planted, wheel

PYTHON = min((one for one in interpreters() if one.release >= (3, 9)), key=lambda one: one.release)
SECRET = "open-sesame-1001"
TODAY = dt.date(2024, 6, 1)


def project(folder: Path, **files: str):
    folder.mkdir(exist_ok=True)
    named = {"manage.py": "", "requirements.txt": "Django==4.2\n"}
    named |= {name.replace("_", ".", 1): text for name, text in files.items()}
    for name, text in named.items():
        (folder / name).write_text(text)
    return read_project(folder)


@pytest.fixture
def private(planted: Planted, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Planted:
    """An index that only bob may ask, and none that the user has set."""
    planted.secret = SECRET
    planted.add("shelf", "1.0")
    planted.add("shelf", "1.1", uploaded="2024-05-30")
    monkeypatch.delenv("UV_DEFAULT_INDEX")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SHELF_PASSWORD", SECRET)
    return planted


def resolved(sources: Sources, folder: Path, *lines: str) -> Resolution:
    wanted = Wanted(requirements=lines, until=TODAY, sources=sources, as_of=dt.date(2024, 5, 1))
    return resolve(wanted, PYTHON, root=folder)


@pytest.mark.parametrize(
    "files",
    [
        {"requirements_txt": "--index-url {address}\nDjango==4.2\n"},
        {"uv_toml": '[[index]]\nurl = "{address}"\ndefault = true\n'},
        {"pyproject_toml": '[[tool.uv.index]]\nurl = "{address}"\ndefault = true\n'},
        {"pyproject_toml": '[[tool.poetry.source]]\nname = "own"\nurl = "{address}"\npriority = "default"\n'},
        {"pyproject_toml": '[[tool.pdm.source]]\nname = "pypi"\nurl = "{address}"\n'},
        {"Pipfile": '[[source]]\nname = "pypi"\nurl = "{address}"\n'},
    ],
)
def test_a_projects_own_files_name_its_index(private: Planted, tmp_path: Path, files: dict[str, str]):
    address = private.address("bob:${SHELF_PASSWORD}")
    told = {name: text.replace("{address}", address) for name, text in files.items()}
    sources = sources_of(project(tmp_path / "shop", **told))
    assert sources.urls == (private.address(f"bob:{SECRET}"),)
    assert Index.of(sources, cache=tmp_path / "pages").page("shelf").versions() == ("1.0", "1.1")
    assert resolved(sources, tmp_path, "shelf").pins == {"shelf": "1.0"}


def test_netrc_is_asked(private: Planted, tmp_path: Path):
    netrc = tmp_path / ".netrc"
    netrc.write_text(f"machine 127.0.0.1 login bob password {SECRET}\n")
    netrc.chmod(0o600)
    sources = Sources(index=private.url)
    assert Index.of(sources, cache=tmp_path / "pages").page("shelf").versions() == ("1.0", "1.1")
    assert resolved(sources, tmp_path, "shelf").pins == {"shelf": "1.0"}


def test_the_keyring_is_asked_where_that_is_set(private: Planted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    program = tmp_path / "bin" / "keyring"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\n[ "$1 $3" = "get bob" ] && echo {SECRET}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("PIP_INDEX_URL", private.address("bob"))
    assert own_sources().index == private.address("bob")
    monkeypatch.setenv("PIP_KEYRING_PROVIDER", "subprocess")
    assert own_sources().index == private.address(f"bob:{SECRET}")


def test_poetrys_variables_hold_the_password_of_a_source(
    private: Planted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("POETRY_HTTP_BASIC_OWN_SHELF_USERNAME", "bob")
    monkeypatch.setenv("POETRY_HTTP_BASIC_OWN_SHELF_PASSWORD", SECRET)
    text = f'[[tool.poetry.source]]\nname = "own-shelf"\nurl = "{private.url}"\n'
    assert sources_of(project(tmp_path / "shop", pyproject_toml=text)).others == (private.address(f"bob:{SECRET}"),)


def test_a_private_package_is_installed_and_no_log_holds_the_password(private: Planted, tmp_path: Path):
    sources = Sources(index=private.address(f"bob:{SECRET}"))
    found = resolved(sources, tmp_path, "shelf")
    logs = tmp_path / "logs"
    built = ensure_environment(Contents(lines=found.lines), PYTHON, logs, sources)
    assert list(built.folder.glob("lib/python*/site-packages/shelf.py"))
    addressed = f"shelf @ {private.address(f'bob:{SECRET}').removesuffix('/simple')}/files/shelf-1.1-py3-none-any.whl"
    ensure_environment(Contents(lines=(addressed,)), PYTHON, logs, sources)
    with pytest.raises(DjupError) as failed:
        ensure_environment(Contents(lines=("shelf==9.9",)), PYTHON, logs, sources)
    assert SECRET not in str(failed.value)
    written = [path for folder in (logs, tmp_path / "cache") for path in folder.rglob("*") if path.is_file()]
    assert any(path.parent == logs for path in written)
    holding = [path for path in written if SECRET.encode() in path.read_bytes() and "site-packages" not in path.parts]
    assert holding == []


def test_a_wrong_password_is_told_without_it(private: Planted, tmp_path: Path):
    sources = Sources(index=private.address("bob:guessed-wrong"))
    with pytest.raises(IndexUnreachableError, match="answered 401") as refused:
        Index.of(sources, cache=tmp_path / "pages").page("shelf")
    with pytest.raises(DjupError) as failed:
        resolved(sources, tmp_path, "shelf")
    assert "guessed-wrong" not in str(refused.value) + str(failed.value)


def test_credentials_in_an_option_are_refused_as_options_are_put_on_record(tmp_path: Path):
    with pytest.raises(UsageError, match=r"machine wheels\.example login") as refused:
        sources_of(project(tmp_path / "shop"), find_links=(f"https://bob:{SECRET}@wheels.example/all",))
    assert SECRET not in str(refused.value)


def test_an_index_that_tells_no_days_serves_all_the_same(planted: Planted, tmp_path: Path):
    planted.dated = False
    for name in ("able", "best", "core", "dear", "east"):
        planted.add(name, "1.0")
    found = resolved(Sources(index=planted.url), tmp_path, "able", "best", "core", "dear", "east")
    assert set(found.pins.values()) == {"1.0"}
    assert any("does not tell the days" in note for note in found.notes)


def test_a_folder_of_wheels_is_enough(tmp_path: Path, planted: Planted):
    planted.down = True
    folder = tmp_path / "wheels"
    folder.mkdir()
    for version in ("1.0", "1.1"):
        (folder / f"shelf-{version}-py3-none-any.whl").write_bytes(wheel("shelf", version, (), ">=3.8"))
    (folder / "shelf-2.0-py3-none-any.whl").write_bytes(wheel("shelf", "2.0", (), ">=4"))
    text = "--no-index\n--find-links wheels\nshelf\n"
    shop = project(tmp_path, requirements_txt=text)
    sources = sources_of(shop)
    page = Index.of(sources, cache=tmp_path / "pages").page("shelf")
    assert page.versions() == ("1.0", "1.1", "2.0")
    assert page.newest(python=PYTHON.version) == "1.1"
    found = resolved(sources, tmp_path, "shelf")
    assert found.pins == {"shelf": "1.1"}
    built = ensure_environment(Contents(lines=found.lines), PYTHON, tmp_path / "logs", sources)
    assert list(built.folder.glob("lib/python*/site-packages/shelf.py"))


def test_offline_what_was_asked_before_is_known_and_nothing_else(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0")
    planted.add("loans", "1.0")
    pages = tmp_path / "pages"
    Index([planted.url], cache=pages).page("shelf")
    resolved(Sources(index=planted.url), tmp_path, "shelf>=0.1")
    planted.down = True
    away = Sources(index=planted.url, offline=True)
    assert Index.of(away, cache=pages).page("shelf").versions() == ("1.0",)
    assert resolved(away, tmp_path, "shelf>=0.2").pins == {"shelf": "1.0"}
    with pytest.raises(IndexUnreachableError, match="it is not kept, and --offline asks nobody"):
        Index.of(away, cache=pages).page("loans")
    with pytest.raises(DjupError):
        resolved(away, tmp_path, "loans")
