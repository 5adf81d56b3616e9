"""requirements.txt: read as pip reads it, written without touching anything else."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from djup.errors import UsageError
from djup.model import Requirement
from djup.project.manifests import requirements

PATH = PurePosixPath("requirements/dev.txt")

TEXT = """\
# head
-r base.txt
-c ../constraints.txt
--index-url https://index.example/simple
Django==2.2.5  # pinned because of wiki/Upgrades
djangorestframework [x] >= 3.9 , <3.11 ; python_version > "3"
celery[redis]~=4.3
six
hashed==1 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
-e git+https://code.example/x/y@v1#egg=y_z
archive @ https://files.example/foo.zip
./local
old-style (>=2)
"""


def read(text: str):
    return requirements.read(text, PATH)


def by_name(text: str) -> dict[str, Requirement]:
    return {requirement.name: requirement for requirement in read(text).requirements}


def test_each_requirement_has_its_version_part_and_place():
    found = by_name(TEXT)
    assert (found["django"].specifier, str(found["django"].place)) == ("==2.2.5", "requirements/dev.txt:5:1")
    assert found["djangorestframework"].specifier == ">= 3.9 , <3.11"
    assert found["djangorestframework"].marker == 'python_version > "3"'
    assert found["celery"].extras == ("redis",)
    assert found["old-style"].specifier == ">=2"


def test_hashes_belong_to_their_requirement():
    assert by_name(TEXT)["hashed"].hashes == ("sha256:aa", "sha256:bb")
    assert str(by_name(TEXT)["hashed"].pinned) == "1"


def test_addresses_are_kept_as_they_are():
    found = by_name(TEXT)
    assert found["y-z"].editable
    assert found["archive"].url == "https://files.example/foo.zip"
    assert found[""].url == "./local"


def test_included_files_are_named_from_the_root():
    assert [str(path) for path in read(TEXT).includes] == ["requirements/base.txt", "constraints.txt"]
    assert read(TEXT).options == ("--index-url https://index.example/simple",)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("requirements.txt", "main"),
        ("requirements-dev.txt", "dev"),
        ("test-requirements.txt", "test"),
        ("constraints.txt", "constraints"),
    ],
)
def test_the_name_of_a_file_tells_what_it_is_for(name: str, role: str):
    assert requirements.matches(PurePosixPath(name))
    assert requirements.role_of(PurePosixPath(name)) == role


def test_other_text_files_are_none():
    assert not requirements.matches(PurePosixPath("LICENSE.txt"))
    assert not requirements.matches(PurePosixPath("robots.txt"))


def test_a_line_pip_could_not_read_is_named():
    with pytest.raises(UsageError, match=r"requirements/dev\.txt:2: 'Django=>2' is not a requirement"):
        read("six\nDjango=>2\n")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("django", "Django==9  # pinned because of wiki/Upgrades"),
        ("djangorestframework", 'djangorestframework [x] ==9 ; python_version > "3"'),
        ("celery", "celery[redis]==9"),
        ("six", "six==9"),
        ("hashed", "hashed==9 \\"),
        ("old-style", "old-style (==9)"),
    ],
)
def test_writing_touches_the_version_part_only(name: str, line: str):
    new = requirements.set_specifier(TEXT, by_name(TEXT)[name], "==9")
    old_lines, new_lines = TEXT.splitlines(), new.splitlines()
    assert [after for before, after in zip(old_lines, new_lines, strict=True) if before != after] == [line]


def test_hashes_are_replaced_in_their_layout():
    new = requirements.replace_hashes(TEXT, by_name(TEXT)["hashed"], ("sha256:cc", "sha256:dd"))
    assert new == TEXT.replace("sha256:aa", "sha256:cc").replace("sha256:bb", "sha256:dd")


def test_a_requirement_can_be_removed_and_added():
    without = requirements.remove(TEXT, by_name(TEXT)["hashed"])
    assert "hashed" not in without
    assert without.count("\n") == TEXT.count("\n") - 3
    six = by_name("six")["six"]
    assert requirements.add("six", six, "attrs", "==1") == "six\nattrs==1"
    assert requirements.add("six\r\n", six, "attrs", "==1") == "six\r\nattrs==1\r\n"
    assert requirements.add("six  # why\nzope\n", six, "attrs", "==1") == "six  # why\nattrs==1\nzope\n"


names = st.from_regex(r"[a-z][a-z0-9]{1,8}", fullmatch=True)
versions = st.from_regex(r"[0-9]{1,2}\.[0-9]{1,2}", fullmatch=True)
lines = st.builds(
    lambda name, space, sign, version, tail: f"{name}{space}{sign}{version}{tail}",
    names,
    st.sampled_from(["", " "]),
    st.sampled_from(["==", ">=", "~="]),
    versions,
    st.sampled_from(["", "  # why", " ; python_version < '4'", " \\\n    --hash=sha256:aa"]),
)


@given(st.lists(lines, min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"]), st.data())
def test_one_edit_moves_nothing_else(given_lines: list[str], newline: str, data: st.DataObject):
    text = newline.join(line.replace("\n", newline) for line in given_lines) + newline
    chosen = data.draw(st.sampled_from(read(text).requirements))
    assert requirements.set_specifier(text, chosen, chosen.specifier) == text
    new = requirements.set_specifier(text, chosen, "==99.9")
    old = text.splitlines()
    changed = [number for number, line in enumerate(new.splitlines()) if line != old[number]]
    assert changed in ([chosen.place.line - 1], [])
    assert "99.9" in new
