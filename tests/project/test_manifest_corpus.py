"""Every format on its corpus: what is read, that it is written back as it was, and that an edit moves nothing else."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from djup.model import Requirement
from djup.project.manifests import FORMATS, format_of

CORPUS = Path(__file__).parent / "corpus"
NAMES = {
    "requirements": "requirements.txt",
    "pyproject": "pyproject.toml",
    "pipfile": "Pipfile",
    "tox": "tox.ini",
    "nox": "noxfile.py",
    "conda": "environment.yml",
    "pylock": "pylock.toml",
}
FILES = sorted(CORPUS.glob("*/*.txt"))


def path_of(file: Path) -> PurePosixPath:
    """The name a project would give a file of the corpus."""
    return PurePosixPath("tox.toml" if file.stem.endswith("-toml") else NAMES.get(file.parent.name, file.parent.name))


def text_of(file: Path) -> str:
    return file.read_bytes().decode()


def requirements_of(file: Path) -> tuple[Requirement, ...]:
    return FORMATS[file.parent.name].read(text_of(file), path_of(file)).requirements


def told(requirement: Requirement) -> str:
    """A requirement as the expected.md of each format lists it."""
    extras = f"[{','.join(requirement.extras)}]" if requirement.extras else ""
    name = f"{requirement.place.line}:{requirement.place.column} {requirement.name or '-'}{extras}"
    written = requirement.written if requirement.written != requirement.specifier else ""
    parts = [("written", written), ("in", requirement.group), ("if", requirement.marker), ("at", requirement.url)]
    rest = "".join(f" {word} {value}" for word, value in parts if value)
    return f"  {name} {requirement.specifier or 'any'}{rest}"


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_each_format_has_its_corpus_and_reads_what_stands_there(form: str):
    files = [file for file in FILES if file.parent.name == form]
    assert len(files) >= 15
    lines = [line for file in files for line in (file.stem, *map(told, requirements_of(file)))]
    assert lines == (CORPUS / form / "expected.md").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_the_format_of_a_file_is_told_by_its_name(file: Path):
    form = format_of(path_of(file))
    assert form is not None
    assert file.parent.name == form.NAME


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_what_is_written_back_unchanged_is_the_same_byte_for_byte(file: Path):
    form, text = FORMATS[file.parent.name], text_of(file)
    for requirement in requirements_of(file):
        if written(requirement):
            assert form.set_specifier(text, requirement, written(requirement)) == text


def written(requirement: Requirement) -> str:
    """The version part as it stands in the file; ``""`` for what has none, or none that takes an edit."""
    text = requirement.written or requirement.specifier
    if requirement.url or text not in requirement.line_text or "\\u" in requirement.line_text:
        return ""
    return text


EDITABLE = [
    (file, index) for file in FILES for index, requirement in enumerate(requirements_of(file)) if written(requirement)
]


@settings(deadline=None)
@given(st.sampled_from(EDITABLE), st.sampled_from(["==9.9", "~=9.9.9", ">=9,<10"]))
def test_an_edit_of_one_requirement_moves_nothing_else(chosen: tuple[Path, int], specifier: str):
    file, index = chosen
    text, before = text_of(file), requirements_of(file)
    old, part = before[index], written(before[index])
    new = FORMATS[file.parent.name].set_specifier(text, old, specifier)
    lines = text.splitlines(keepends=True)
    at = text.index(part, sum(map(len, lines[: old.place.line - 1])) + old.place.column - 1)
    assert new == text[:at] + specifier + text[at + len(part) :]


def test_what_takes_no_version_part_is_not_guessed_at():
    text = "dependencies:\n  - django[version='>=2']\n"
    path = PurePosixPath("environment.yml")
    (django,) = FORMATS["conda"].read(text, path).requirements
    with pytest.raises(ValueError, match="takes no version part"):
        FORMATS["conda"].set_specifier(text, django, "==3")


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_renamed_requirement_has_its_new_name_and_the_others_theirs(form: str):
    for file, index in EDITABLE:
        before = requirements_of(file) if file.parent.name == form and file.stem != "poetry-alternatives" else ()
        if before:
            new = FORMATS[form].rename(text_of(file), before[index], "zz-renamed")
            after = FORMATS[form].read(new, path_of(file)).requirements
            names = ["zz-renamed" if number == index else one.name for number, one in enumerate(before)]
            assert [one.name for one in after] == names, file
            assert [one.specifier for one in after] == [one.specifier for one in before], file


def test_alternatives_that_share_a_name_are_renamed_together():
    file = CORPUS / "pyproject" / "poetry-alternatives.txt"
    new = FORMATS["pyproject"].rename(text_of(file), requirements_of(file)[0], "zz")
    assert new == text_of(file).replace("django", "zz")


@pytest.mark.parametrize("form", sorted(form for form in FORMATS if "lock" not in form))
def test_a_requirement_added_beside_another_is_read_back_and_nothing_is_lost(form: str):
    for file, index in EDITABLE:
        before = requirements_of(file) if file.parent.name == form else ()
        if before:
            new = FORMATS[form].add(text_of(file), before[index], "zz-added", "<81")
            after = FORMATS[form].read(new, path_of(file)).requirements
            added = [one for one in after if one.name == "zz-added"]
            assert [(one.specifier, one.group) for one in added] == [("<81", before[index].group)], file
            kept = [(one.name, one.specifier, one.marker) for one in after if one.name != "zz-added"]
            assert sorted(kept) == sorted((one.name, one.specifier, one.marker) for one in before), file
