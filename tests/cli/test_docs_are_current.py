"""The pages under docs/ and the README say what the code does."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from djup.cli.program import EXIT_CODES
from djup.config import Config

HERE = Path(__file__).parent.parent.parent


def read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def script(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, HERE / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_commands_is_their_help():
    assert read("docs/commands.md") == script("command_docs").page(), "run `make docs`"


def test_the_pages_of_releases_are_what_is_known_of_them():
    wanted = script("change_docs").pages()
    assert {file.name: file.read_text(encoding="utf-8") for file in (HERE / "docs" / "changes").glob("*.md")} == wanted


def test_every_key_of_the_configuration_is_documented_and_no_other():
    documented = set(re.findall(r"^\| `(\w+)` \|", read("docs/configuration.md"), re.MULTILINE))
    assert documented == set(msgspec.structs.asdict(Config())) - {"origins"}


def test_every_dependency_has_its_reason():
    project = tomllib.loads(read("pyproject.toml"))["project"]
    needed = {re.split(r"[^\w.-]", line)[0] for line in project["dependencies"]}
    rows = re.findall(r"^\| ([\w., -]+) \|", read("docs/dependencies.md"), re.MULTILINE)
    explained = {name.strip() for row in rows for name in row.split(",")} - {"package"}
    assert needed == explained


def test_the_exit_codes_of_the_readme_are_those_of_the_program():
    codes = dict(re.findall(r"^ +(\d+) +(.+)$", EXIT_CODES, re.MULTILINE))
    assert dict(re.findall(r"^\| (\d+) \| (.+) \|$", read("README.md"), re.MULTILINE)) == codes


def test_the_make_targets_that_pages_name_exist():
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    pages = [HERE / "README.md", *(HERE / "docs").glob("*.md")]
    named = {name for page in pages for name in re.findall(r"(?:`|\$ )make (\w+)", page.read_text())}
    assert named <= targets


def test_links_between_pages_lead_somewhere():
    for page in (HERE / "README.md", *(HERE / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_command_is_in_the_readme():
    for name in re.findall(r"^## djup (\w+)$", read("docs/commands.md"), re.MULTILINE):
        assert f"djup {name}" in read("README.md"), name
