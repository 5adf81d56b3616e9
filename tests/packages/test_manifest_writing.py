"""What a hop writes into manifests: versions, hashes of what moved, and lines that were not there before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

import msgspec

from djup.model import ManifestFile
from djup.packages.bump import Edit
from djup.packages.writing import home_of, with_added, with_edits, with_hashes
from djup.project.manifests import format_of

HASHED = """\
# web
django==3.2.20 \\
    --hash=sha256:aa \\
    --hash=sha256:bb  # via nothing
pytz==2022.1 --hash=sha256:cc
"""


def manifest(name: str, text: str) -> ManifestFile:
    form = format_of(PurePosixPath(name))
    assert form is not None
    return form.read(text, PurePosixPath(name))


def new_hashes(pins: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    return {name: (f"sha256:{name}-{version}", "sha256:other") for name, version in pins.items()}


def edits(file: ManifestFile, **specifiers: str) -> list[Edit]:
    return [
        Edit(requirement=one, specifier=specifiers[one.name]) for one in file.requirements if one.name in specifiers
    ]


def test_several_edits_of_a_file_keep_each_others_places():
    text = "Django==3.2  # LTS\nsix\npytz==1\n"
    file = manifest("requirements.txt", text)
    assert with_edits(file, text, edits(file, django="==4.2.11", pytz="==2")) == "Django==4.2.11  # LTS\nsix\npytz==2\n"


def test_the_hashes_of_what_moved_are_new_and_the_others_stay():
    file = manifest("requirements.txt", HASHED)
    text = with_edits(file, HASHED, edits(file, django="==4.2.11"))
    assert with_hashes(file, text, {}, {"django": "4.2.11", "pytz": "2022.1"}, new_hashes) == HASHED.replace(
        "3.2.20", "4.2.11"
    ).replace("sha256:aa", "sha256:django-4.2.11").replace("sha256:bb", "sha256:other")


def test_a_package_that_came_in_is_written_with_its_hashes_as_pip_wants_all_of_them():
    file = manifest("requirements.txt", HASHED)
    text = with_hashes(file, HASHED, {"asgiref": "3.7.2"}, {}, new_hashes)
    added = "asgiref==3.7.2 \\\n    --hash=sha256:asgiref-3.7.2 \\\n    --hash=sha256:other\n"
    assert text == HASHED.replace("pytz==", added + "pytz==")


def test_a_file_without_hashes_gets_none_and_nothing_is_asked_of_the_index():
    def refuse(_pins: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
        raise AssertionError

    text = "django==4.2\n"
    file = manifest("requirements.txt", text)
    assert with_hashes(file, text, {"asgiref": "3.7.2"}, {"django": "4.2"}, refuse) == text


def test_a_new_requirement_goes_beside_django_in_the_manner_of_the_file():
    for name, text, new in [
        ("requirements.txt", "Django==4.2\nsix\n", "Django==4.2\nsetuptools<81\nsix\n"),
        (
            "pyproject.toml",
            '[project]\ndependencies = ["Django>=4.2"]\n',
            '[project]\ndependencies = ["Django>=4.2", "setuptools<81"]\n',
        ),
        (
            "pyproject.toml",
            '[tool.poetry.dependencies]\ndjango = "^4.2"\n',
            '[tool.poetry.dependencies]\ndjango = "^4.2"\nsetuptools = "<81"\n',
        ),
        ("Pipfile", '[packages]\ndjango = "*"\n', '[packages]\ndjango = "*"\nsetuptools = "<81"\n'),
        (
            "setup.cfg",
            "[options]\ninstall_requires =\n    Django\n",
            "[options]\ninstall_requires =\n    Django\n    setuptools<81\n",
        ),
    ]:
        file = manifest(name, text)
        home = home_of([file], "setuptools")
        assert home is not None
        assert with_added(home[0], text, home[1], "setuptools<81") == new


def test_what_is_declared_already_or_has_no_home_is_not_added():
    declared = manifest("requirements.txt", "Django==4.2\nsetuptools\n")
    lock = msgspec.structs.replace(manifest("requirements.txt", "Django==4.2\n"), role="lock")
    assert home_of([declared], "setuptools") is None
    assert home_of([lock], "setuptools") is None
    assert home_of([], "setuptools") is None
