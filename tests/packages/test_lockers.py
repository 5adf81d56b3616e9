"""Each locker really run: the asked packages move, the others stay, and the lock keeps its format."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path, PurePosixPath

import pytest

from djup.environments.interpreters import Interpreter, interpreters, need_interpreter
from djup.environments.sources import own_sources
from djup.model import ManifestFile
from djup.packages.index import Index
from djup.packages.lockers import Relock, Relocked, relock
from djup.project.read import read_manifests
from djup.project.tree import Tree

pytestmark = [pytest.mark.slow, pytest.mark.network]

BEFORE = {"django": "3.2.20", "asgiref": "3.5.0", "sqlparse": "0.4.2", "pytz": "2022.1"}
"""What the old locks hold."""

PINS = {"django": "4.2.11", "asgiref": "3.7.2"}
"""What a hop wants; nothing asks sqlparse to move."""


def python_here() -> Interpreter:
    return need_interpreter((3, 9), interpreters())


def relocked(root: Path, logs: Path, pins: dict[str, str] | None = None) -> tuple[Relocked, ...]:
    (root / "manage.py").write_text("")
    locked = tuple(file for file in read_manifests(Tree(root)) if file.role == "lock")
    ask = Relock(
        sources=own_sources(),
        root=root,
        locked=locked,
        pins=PINS if pins is None else pins,
        interpreter=python_here(),
        today=dt.datetime.now(dt.UTC).date(),
        logs=logs,
    )
    return relock(ask, Index.of(own_sources()))


def pins_in(name: str, text: str) -> dict[str, str]:
    from djup.project.manifests import format_of

    form = format_of(PurePosixPath(name))
    assert form is not None
    file: ManifestFile = form.read(text, PurePosixPath(name))
    return {one.name: str(one.pinned) for one in file.requirements}


def check_moved_minimally(result: Relocked) -> None:
    assert result.reason == ""
    pins = pins_in(result.path.name, result.text)
    assert {name: pins[name] for name in ("django", "asgiref", "sqlparse")} == {**PINS, "sqlparse": "0.4.2"}
    assert "pytz" not in pins


UV_PROJECT = """\
[project]
name = "shop"
version = "0"
requires-python = ">=3.9"
dependencies = ["django=={django}", "sqlparse"]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "shop"
    root.mkdir()
    return root


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        (root / name.replace("__", ".")).write_text(text)


def lock_by_hand(form: str) -> str:
    """A lock of an older format, written down as its locker did."""
    if form == "uv":
        head = 'version = 1\nrequires-python = ">=3.9"\n\n[[package]]\nname = "shop"\nversion = "0"\n'
        head += (
            'source = { virtual = "." }\ndependencies = [\n    { name = "django" },\n    { name = "sqlparse" },\n]\n'
        )
        head += '\n[package.metadata]\nrequires-dist = [\n    { name = "django", specifier = "==3.2.20" },\n'
        head += '    { name = "sqlparse" },\n]\n'
        needs = '\ndependencies = [\n    { name = "asgiref" },\n    { name = "pytz" },\n    { name = "sqlparse" },\n]'
        return head + "".join(
            f'\n[[package]]\nname = "{name}"\nversion = "{version}"\n'
            f'source = {{ registry = "https://pypi.org/simple" }}{needs if name == "django" else ""}\n'
            for name, version in sorted(BEFORE.items())
        )
    raise AssertionError(form)


@pytest.mark.parametrize("revision", ["", "revision = 2\n"])
def test_uv_moves_what_is_asked_and_keeps_the_rest(project: Path, tmp_path: Path, revision: str):
    lock = lock_by_hand("uv").replace("version = 1\n", f"version = 1\n{revision}", 1)
    write(project, pyproject__toml=UV_PROJECT.format(django="4.2.11"), uv__lock=lock)
    (result,) = relocked(project, tmp_path / "logs")
    check_moved_minimally(result)
    assert result.text.startswith("version = 1\n")
    assert (project / "uv.lock").read_text() == lock, "the project's own lock is the caller's to write"


POETRY = """\
[tool.poetry]
name = "shop"
version = "0"
description = ""
authors = []

[[tool.poetry.source]]
name = "index"
url = "https://pypi.org/simple"
{source}

[tool.poetry.dependencies]
python = "^3.9"
django = "{django}"  # the framework
sqlparse = "*"
"""

POETRY_LOCK = """\
{head}{packages}[metadata]
lock-version = "{form}"
python-versions = "^3.9"
content-hash = "00"
{files}"""


def poetry_lock(form: str, head: str) -> str:
    category = 'category = "main"\n' if form == "1.1" else ""
    inside = "" if form == "1.1" else "files = []\n"
    groups = 'groups = ["main"]\n' if form == "2.1" else ""
    source = '\n[package.source]\ntype = "legacy"\nurl = "https://pypi.org/simple"\nreference = "index"\n'
    packages = "".join(
        f'[[package]]\nname = "{name}"\nversion = "{version}"\ndescription = ""\n{category}optional = false\n'
        f'python-versions = "*"\n{groups}{inside}'
        + ('\n[package.dependencies]\nasgiref = "*"\npytz = "*"\nsqlparse = "*"\n' if name == "django" else "")
        + source
        + "\n"
        for name, version in sorted(BEFORE.items())
    )
    files = "\n[metadata.files]\n" + "".join(f"{name} = []\n" for name in sorted(BEFORE)) if form == "1.1" else ""
    return POETRY_LOCK.format(head=head, packages=packages, form=form, files=files)


@pytest.mark.parametrize(
    ("form", "head", "source"),
    [
        ("1.1", "", "default = true"),
        (
            "2.0",
            "# This file is automatically @generated by Poetry 1.8.3 and should not be changed by hand.\n\n",
            'priority = "primary"',
        ),
        ("2.1", "", 'priority = "primary"'),
    ],
)
def test_poetry_locks_in_the_format_the_lock_has(project: Path, tmp_path: Path, form: str, head: str, source: str):
    manifest = POETRY.format(django="4.2.11", source=source)
    write(project, pyproject__toml=manifest, poetry__lock=poetry_lock(form, head))
    (result,) = relocked(project, tmp_path / "logs")
    check_moved_minimally(result)
    assert f'lock-version = "{form}"' in result.text
    assert head in result.text
    assert (project / "pyproject.toml").read_text() == manifest


PDM = """\
[project]
name = "shop"
version = "0"
requires-python = ">=3.9"
dependencies = ["django=={django}", "sqlparse"]
[tool.pdm]
distribution = false
"""


def pdm_lock(form: str) -> str:
    """A lock as PDM wrote it: groups and files stand in each package from the fourth generation on."""
    new = form.startswith("4")
    meta = f'[metadata]\nlock_version = "{form}"\ncontent_hash = "sha256:00"\n'
    meta += 'groups = ["default"]\nstrategy = ["cross_platform"]\n' if new else "\n[metadata.files]\n"
    packages = "".join(
        f'[[package]]\nname = "{name}"\nversion = "{version}"\nrequires_python = ">=3.6"\nsummary = ""\n'
        + ('groups = ["default"]\nfiles = []\n' if new else "")
        + ('dependencies = [\n    "asgiref",\n    "pytz",\n    "sqlparse",\n]\n' if name == "django" else "")
        + "\n"
        for name, version in sorted(BEFORE.items())
    )
    return packages + meta


@pytest.mark.parametrize("form", ["3.1", "4.3", "4.5.0"])
def test_pdm_locks_on_top_of_the_old_lock(project: Path, tmp_path: Path, form: str):
    write(project, pyproject__toml=PDM.format(django="4.2.11"), pdm__lock=pdm_lock(form))
    (result,) = relocked(project, tmp_path / "logs")
    check_moved_minimally(result)
    new = re.search(r'lock_version = "(\d)', result.text)
    assert new is not None
    assert new.group(1) == form[0]


PIPFILE = """\
[[source]]
url = "https://pypi.org/simple"
verify_ssl = true
name = "pypi"

[packages]
django = "=={django}"  # the framework
sqlparse = "*"

[dev-packages]

[requires]
python_version = "3.9"
"""


@pytest.mark.parametrize("indent", [4, 2])
def test_pipenv_upgrades_the_lock_alone_and_the_lock_belongs_to_the_pipfile(project: Path, tmp_path: Path, indent: int):
    entries = {name: {"version": f"=={version}", "hashes": []} for name, version in BEFORE.items()}
    for name in ("django", "sqlparse"):
        entries[name] |= {"index": "pypi"}
    sources = [{"name": "pypi", "url": "https://pypi.org/simple", "verify_ssl": True}]
    meta = {"hash": {"sha256": "00"}, "pipfile-spec": 6, "requires": {"python_version": "3.9"}, "sources": sources}
    lock = json.dumps({"_meta": meta, "default": entries, "develop": {}}, indent=indent)
    manifest = PIPFILE.format(django="4.2.11")
    write(project, Pipfile=manifest, Pipfile__lock=lock)
    (result,) = relocked(project, tmp_path / "logs")
    assert result.reason == ""
    pins = pins_in("Pipfile.lock", result.text)
    assert {name: pins[name] for name in ("django", "asgiref", "sqlparse")} == {**PINS, "sqlparse": "0.4.2"}
    default = json.loads(result.text)["default"]
    assert [name for name, entry in default.items() if "index" in entry] == ["django", "sqlparse"]
    assert (project / "Pipfile").read_text() == manifest


OLD_HEAD = "#\n# This file is autogenerated by pip-compile\n# To update, run:\n#\n#    pip-compile requirements.in\n#\n"
HASH_HEAD = """\
#
# This file is autogenerated by pip-compile with Python 3.9
# by the following command:
#
#    pip-compile --generate-hashes requirements.in
#
"""
UV_HEAD = """\
# This file was autogenerated by uv via the following command:
#    uv pip compile requirements.in -o requirements.txt
"""


@pytest.mark.parametrize("head", [OLD_HEAD, HASH_HEAD, UV_HEAD])
def test_compiled_requirements_are_compiled_by_the_command_of_their_head(project: Path, tmp_path: Path, head: str):
    lines = "".join(f"{name}=={version}\n" for name, version in sorted(BEFORE.items()))
    write(project, requirements__in="django==4.2.11\nsqlparse\n", requirements__txt=head + lines)
    (result,) = relocked(project, tmp_path / "logs")
    check_moved_minimally(result)
    assert head.splitlines()[-2 if head != UV_HEAD else -1] in result.text
    assert ("--hash=sha256:" in result.text) == ("--generate-hashes" in head)


def test_a_pylock_is_compiled_by_the_command_of_its_head(project: Path, tmp_path: Path):
    head = UV_HEAD.replace("requirements.txt", "pylock.toml")
    lock = (
        head
        + 'lock-version = "1.0"\ncreated-by = "uv"\n'
        + "".join(
            f'\n[[packages]]\nname = "{name}"\nversion = "{version}"\nindex = "https://pypi.org/simple"\n'
            for name, version in sorted(BEFORE.items())
        )
    )
    write(project, requirements__in="django==4.2.11\nsqlparse\n", pylock__toml=lock)
    (result,) = relocked(project, tmp_path / "logs")
    check_moved_minimally(result)
    assert result.text.startswith(head)


def test_a_lock_that_cannot_be_made_says_why_and_stays(project: Path, tmp_path: Path):
    write(project, requirements__in="django==4.2.11\nsqlparse<0.1\n", requirements__txt=UV_HEAD + "django==3.2.20\n")
    (result,) = relocked(project, tmp_path / "logs")
    assert (result.text, result.tool) == ("", "")
    assert "sqlparse" in result.reason
