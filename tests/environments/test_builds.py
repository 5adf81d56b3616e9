"""What the end of a failed build means: a constraint that mends it, or what a person should do."""

from __future__ import annotations

import re

import pytest

from djup.environments.builds import advice_for, known_failures, mending_constraints


@pytest.mark.parametrize(
    ("log", "constraints"),
    [
        ("error in anyjson setup command: use_2to3 is invalid.", ("setuptools<58",)),
        ("AttributeError: module 'distutils.command' has no attribute 'bdist_wininst'", ("setuptools<60",)),
        ("AttributeError: module 'distutils.command' has no attribute\n      'bdist_wininst'", ("setuptools<60",)),
        ("ImportError: cannot import name 'Feature' from 'setuptools'", ("setuptools<46",)),
        ("ModuleNotFoundError: No module named 'pkg_resources'", ("setuptools<70",)),
        (
            "TypeError: canonicalize_version() got an unexpected keyword argument 'strip_trailing_zero'",
            ("setuptools<71",),
        ),
        ("AttributeError: cython_sources", ("cython<3",)),
    ],
)
def test_a_known_failure_is_mended(log: str, constraints: tuple[str, ...]):
    assert mending_constraints(log) == constraints


@pytest.mark.parametrize(
    ("log", "advice"),
    [
        ("Error: pg_config executable not found.", "libpq-dev"),
        ("OSError: mysql_config not found", "default-libmysqlclient-dev"),
        ("error: command '/usr/bin/gcc' failed with exit code 1", "does not compile on this Python"),
        ("error: command 'gcc' failed with exit status 1", "does not compile on this Python"),
        ("error: command 'gcc' failed: No such file or directory", "build-essential"),
    ],
)
def test_what_djup_cannot_mend_is_told(log: str, advice: str):
    assert mending_constraints(log) == ()
    assert advice in advice_for(log)


def test_a_failure_nobody_knows_gets_no_advice():
    assert (mending_constraints("segmentation fault"), advice_for("segmentation fault")) == ((), "")


def test_each_entry_mends_or_advises_and_its_pattern_holds():
    for known in known_failures():
        assert bool(known.constraints) != bool(known.advice)
        re.compile(known.failure)
