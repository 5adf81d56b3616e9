"""From failures to causes: changes by their texts, warnings and names; packages and own code by their frames."""

from __future__ import annotations

from pathlib import Path

import pytest

from djup.knowledge.changes import changes_crossed
from djup.model import WarningSeen
from djup.verify.compare import Worse
from djup.verify.diagnosis import Cause, DiagnosisContext, diagnose
from djup.verify.failures import frames_of, last_line
from djup.verify.owners import Owners

SITE = "/env/lib/python3.12/site-packages"

PYTHON = """\
Traceback (most recent call last):
  File "/site/shelf/tests.py", line 9, in test_it
    ways.go()
  File "/site/shelf/ways.py", line 4, in go
    straight.do()
  File "/env/lib/python3.12/site-packages/straight/core.py", line 7, in do
    lookup()
  File "/env/lib/python3.12/site-packages/django/db/models/query.py", line 99, in lookup
    raise ValueError("no such thing")
ValueError: no such thing
"""

PYTEST = """\
self = <shelf.tests.A testMethod=test_it>

    def test_it(self):
>       ways.go()

shelf/tests.py:9:
_ _ _ _ _ _ _ _
shelf/ways.py:4: in go
    straight.do()
../env/lib/python3.12/site-packages/straight/core.py:7: in do
    lookup()
E   ValueError: no such thing

../env/lib/python3.12/site-packages/django/db/models/query.py:99: ValueError
"""


def causes(
    *worse: Worse, since: tuple[int, ...] = (4, 2), to: tuple[int, ...] = (5, 0), **known: object
) -> list[Cause]:
    owners = Owners(Path("/site"), Path("/env/bin/python"))
    facts = DiagnosisContext(changes=changes_crossed(since, to), **known)  # type: ignore[arg-type]  # spelled by name
    return list(diagnose(worse, facts, owners))


def failed(name: str, trace: str) -> Worse:
    return Worse(kind="test", subject=name, message=trace, trace=trace)


def own(text: str, line: int = 4) -> str:
    return f'Traceback:\n  File "/site/shelf/ways.py", line {line}, in go\n    x\n{text}\n'


@pytest.mark.parametrize(("text", "files"), [(PYTHON, 4), (PYTEST, 3)])
def test_frames_are_read_as_python_and_as_pytest_write_them(text: str, files: int):
    frames = frames_of(text)
    assert len(frames) == files
    assert (frames[-1].line, frames[-1].file.endswith("django/db/models/query.py")) == (99, True)
    assert last_line(text) == "ValueError: no such thing"


def test_the_innermost_frame_that_is_not_djangos_is_to_blame():
    (cause,) = causes(failed("a", PYTHON), moved={"straight": ("1.0", "2.0")})
    assert (cause.kind, cause.subject, str(cause.place)) == ("package", "straight", "shelf/ways.py:4")
    assert "from 1.0 to 2.0" in cause.why
    (same,) = causes(failed("a", PYTEST))
    assert (same.kind, same.subject) == ("package", "straight")
    assert "did not move it" in same.why


def test_own_code_is_to_blame_where_its_frame_is_the_innermost():
    (cause,) = causes(failed("a", own("KeyError: 'title'")))
    assert (cause.kind, str(cause.place), cause.ways) == ("own", "shelf/ways.py:4", ("look at shelf/ways.py:4",))


def test_a_change_is_told_by_what_it_fails_with():
    text = "ImportError: cannot import name 'utc' from 'django.utils.timezone' (/env/x.py)"
    (cause,) = causes(failed("a", own(text)))
    assert (cause.kind, cause.subject) == ("change", "5.0/timezone-utc")
    assert cause.link.startswith("https://docs.djangoproject.com/")


def test_a_change_that_the_hop_does_not_cross_explains_nothing():
    text = "ImportError: cannot import name 'utc' from 'django.utils.timezone' (/env/x.py)"
    (cause,) = causes(failed("a", own(text)), since=(5, 0), to=(5, 1))
    assert cause.kind == "own"


def test_a_line_that_warned_before_tells_the_change():
    warning = WarningSeen(
        category="django.utils.deprecation.RemovedInDjango50Warning", text="The USE_L10N setting is deprecated.",
        path="shelf/ways.py", line=4, count=1, owner="own", issuer="django",
    )  # fmt: skip
    (cause,) = causes(failed("a", own("RuntimeError: whatever")), warnings=(warning,))
    assert (cause.subject, cause.why) == ("5.0/use-l10n", "the same line warned of it before")
    (other,) = causes(failed("a", own("RuntimeError: whatever", line=5)), warnings=(warning,))
    assert other.kind == "own"


def test_a_name_in_what_an_exception_says_tells_the_change():
    text = "AttributeError: module 'django.utils.x' has no attribute 'assertQuerysetEqual'"
    (cause,) = causes(failed("a", own(text)), to=(5, 1))
    assert cause.kind == "change"
    assert "names what that change is about" in cause.why or "known to" in cause.why


def test_a_name_in_an_assertion_of_a_test_is_no_evidence():
    (cause,) = causes(failed("a", own("AssertionError: 'assertQuerysetEqual' != 'x'")), to=(5, 1))
    assert cause.kind == "own"


def test_equal_failures_are_one_cause_and_the_most_telling_comes_first():
    found = causes(
        failed("a", own("KeyError: 'one'")),
        failed("b", own("KeyError: 'two'")),
        failed("c", own("KeyError: 'two'", line=9)),
        failed("d", PYTHON), failed("e", PYTEST), failed("f", PYTHON),
    )  # fmt: skip
    assert [(cause.kind, len(cause.failures)) for cause in found] == [("package", 3), ("own", 2), ("own", 1)]
    assert found[1].failures == ("test b", "test c")


def test_addresses_do_not_make_equal_failures_differ():
    found = causes(failed("a", own("ValueError: <X at 0x7f0011aa22>")), failed("b", own("ValueError: <X at 0x7f0033bb44>")))  # fmt: skip
    assert len(found) == 1


def test_what_nothing_explains_is_said_to_be_unknown():
    (cause,) = causes(Worse(kind="missing", subject="a", message="this test was there and is gone"))
    assert (cause.kind, cause.why) == ("unknown", "nothing known fits")


def test_the_owner_a_sweep_told_counts_where_there_are_no_frames():
    (cause,) = causes(Worse(kind="imports", subject="shelf.x", message="ImportError: no", owner="straight"))
    assert (cause.kind, cause.subject) == ("package", "straight")
