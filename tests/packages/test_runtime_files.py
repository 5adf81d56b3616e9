"""The files that name a Python: pins go up with a hop, ranges as far as they must, everything else stays."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from djup.packages.runtime import NewPython, raise_python, raised_range

HOP = NewPython(version="3.12.4", lowest=(3, 10))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (".python-version", "3.8\n", "3.12\n"),
        (".python-version", "3.8.18\n", "3.12.4\n"),
        (".python-version", "# production is on 3.8\n3.8.18\n", "# production is on 3.8\n3.12.4\n"),
        ("runtime.txt", "python-3.6.8", "python-3.12.4"),
        (".tool-versions", "nodejs 18.1.0\npython 3.8.2\n", "nodejs 18.1.0\npython 3.12.4\n"),
        ("Pipfile", '[requires]\npython_version = "3.7"  # why\n', '[requires]\npython_version = "3.12"  # why\n'),
        ("Pipfile", '[requires]\npython_full_version = "3.7.1"\n', '[requires]\npython_full_version = "3.12.4"\n'),
        (
            "pyproject.toml",
            '[project]\nrequires-python = ">=3.8"  # x\n',
            '[project]\nrequires-python = ">=3.10"  # x\n',
        ),
        (
            "pyproject.toml",
            '[tool.poetry.dependencies]\npython = "^3.8"\n',
            '[tool.poetry.dependencies]\npython = "^3.10"\n',
        ),
        ("pyproject.toml", '[project]\nrequires-python = "==3.8.*"\n', '[project]\nrequires-python = "==3.12.*"\n'),
        ("setup.cfg", "[options]\npython_requires = >=3.6\n", "[options]\npython_requires = >=3.10\n"),
        ("setup.py", 'setup(python_requires=">=3.6, <4")\n', 'setup(python_requires=">=3.10, <4")\n'),
    ],
)
def test_a_python_that_is_too_old_is_raised_in_its_own_manner(name: str, old: str, new: str):
    assert raise_python(PurePosixPath(name), old, HOP) == new


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".python-version", "3.12.9\n"),
        (".python-version", "3.13\n3.8\n"),
        (".python-version", "shop-env\n"),
        ("runtime.txt", "python-3.13.0\n"),
        (".tool-versions", "nodejs 3.8.0\n"),
        ("Pipfile", '[packages]\ndjango = "==3.8"\n'),
        ("pyproject.toml", '[project]\nrequires-python = ">=3.11"\n'),
        ("pyproject.toml", '[project]\nrequires-python = ">=3"\n'),
        ("setup.cfg", "[metadata]\npython_requires = >=3.6\n"),
        ("README.md", "Python 3.8\n"),
    ],
)
def test_what_admits_it_or_names_none_stays(name: str, text: str):
    assert raise_python(PurePosixPath(name), text, HOP) == text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">=3.6,<3.9", ">=3.12,<3.13"),
        ("~=3.8", "~=3.10"),
        (">=3.6,!=3.7.*", ">=3.10,!=3.7.*"),
        (">3.6", ">3.6"),
        ("", ""),
    ],
)
def test_a_range_goes_up_only_as_far_as_it_must(old: str, new: str):
    assert raised_range(old, HOP) == new


def test_without_a_lowest_only_what_shuts_the_new_python_out_changes():
    free = NewPython(version="3.12.4", lowest=(0,))
    assert raised_range(">=3.6", free) == ">=3.6"
    assert raised_range(">=3.6,<3.12", free) == ">=3.12,<3.13"
