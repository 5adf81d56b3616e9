"""pyproject.toml, setup.cfg and setup.py: requirements found at their exact place, written in place."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from djup.errors import UsageError
from djup.project.manifests import FORMATS, format_of, setup_cfg
from djup.project.manifests.pyproject import FORMAT as PYPROJECT_FORMAT
from djup.project.manifests.setup_py import FORMAT as SETUP_PY_FORMAT

PYPROJECT = """\
[project]
name = "shop"
dependencies = [
    "Django>=2.2,<2.3",  # LTS
    'attrs == 19.1; python_version < "4"',
    "Django-filter",
]
[project.optional-dependencies]
test = ["Django>=2.2,<2.3", "pytest==5.0"]
[dependency-groups]
dev = ["black==19.3b0", {include-group = "test"}]
"""

SETUP_CFG = """\
[metadata]
name = shop
[options]
install_requires =
    Django>=2.2,<2.3
    attrs ; python_version < "4"  # old
[options.extras_require]
test = pytest==5.0
"""

SETUP_PY = """\
from setuptools import setup
COMMON = ["attrs==19.1"]
setup(
    name="shop",
    install_requires=["Django>=2.2,<2.3"] + COMMON,
    extras_require={"test": ("pytest==5.0",)},
    tests_require=open("x").read().split(),
)
"""


def summary(file):
    return [(r.name, r.specifier, r.group, r.place.line) for r in file.requirements]


def test_pyproject_is_read_with_groups_and_lines():
    assert summary(PYPROJECT_FORMAT.read(PYPROJECT, PurePosixPath("pyproject.toml"))) == [
        ("django", ">=2.2,<2.3", "", 4),
        ("attrs", "== 19.1", "", 5),
        ("django-filter", "", "", 6),
        ("django", ">=2.2,<2.3", "test", 9),
        ("pytest", "==5.0", "test", 9),
        ("black", "==19.3b0", "dev", 11),
    ]


def test_broken_toml_is_named_with_its_line():
    with pytest.raises(UsageError, match=r"pyproject\.toml:2: this is not TOML"):
        PYPROJECT_FORMAT.read("[project]\nname = \n", PurePosixPath("pyproject.toml"))


def test_setup_cfg_is_read():
    assert summary(setup_cfg.FORMAT.read(SETUP_CFG, PurePosixPath("setup.cfg"))) == [
        ("django", ">=2.2,<2.3", "", 5),
        ("attrs", "", "", 6),
        ("pytest", "==5.0", "test", 8),
    ]


def test_setup_py_is_read_without_running_it_and_what_is_computed_is_left_out():
    assert summary(SETUP_PY_FORMAT.read(SETUP_PY, PurePosixPath("setup.py"))) == [
        ("django", ">=2.2,<2.3", "", 5),
        ("attrs", "==19.1", "", 2),
        ("pytest", "==5.0", "test", 6),
    ]


def test_a_setup_py_of_python_2_is_read_past_what_python_3_cannot_read():
    text = "print 'x'\nfrom setuptools import setup\nsetup(install_requires=['a==1'])\n"
    (found,) = SETUP_PY_FORMAT.read(text, PurePosixPath("setup.py")).requirements
    assert (found.name, found.place.line, found.place.column) == ("a", 3, 26)


@pytest.mark.parametrize(
    ("name", "text"), [("pyproject.toml", PYPROJECT), ("setup.cfg", SETUP_CFG), ("setup.py", SETUP_PY)]
)
def test_each_requirement_is_written_in_its_place_only(name: str, text: str):
    path = PurePosixPath(name)
    module = format_of(path)
    assert module is not None
    for requirement in module.read(text, path).requirements:
        new = module.set_specifier(text, requirement, "==9.9")
        changed = [a for a, b in zip(text.splitlines(), new.splitlines(), strict=True) if a != b]
        assert changed == [text.splitlines()[requirement.place.line - 1]]
        assert (requirement.name, "==9.9") in {(r.name, r.specifier) for r in module.read(new, path).requirements}


def test_every_format_is_registered_under_its_name():
    assert {name: module.NAME for name, module in FORMATS.items()} == {name: name for name in FORMATS}
