"""Failing tests run again: who always fails, who fails by chance, who depends on its order; and weaker tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import Literal

import pytest

from djup.model import Outcome, TestRun
from djup.verify.assertions import Strength, is_test_code, skip_themselves, strengths_in, weakened
from djup.verify.compare import compare_tests
from djup.verify.outcomes import named_tests
from djup.verify.reruns import AGAIN_AT_MOST, ALONE_AT_MOST, repeated, settle
from djup.verify.tests import old_label

Status = Literal["passed", "failed", "skipped"]
Answer = Callable[[str, bool, int], Status]
"""How a test ends, by its id, whether it runs alone, and the seed."""


def run_of(statuses: dict[str, Status], **fields: object) -> TestRun:
    outcomes = tuple(Outcome(id=test, status=status) for test, status in statuses.items())
    known = {"outcomes": outcomes, "warnings": (), "seconds": 1.0, "returncode": 0, "finished": True, "log": ""}
    return TestRun(**{**known, **fields})  # type: ignore[arg-type]  # spelled by name


class Suite:
    """A suite whose tests end as an answer says; counts its runs."""

    def __init__(self, answer: Answer, *ids: str) -> None:
        self.answer, self.ids = answer, ids
        self.asked: list[Sequence[str]] = []

    def __call__(self, ids: Sequence[str], seed: int) -> TestRun:
        self.asked.append(ids)
        return run_of({test: self.answer(test, bool(ids), seed) for test in ids or self.ids})


def natures(answer: Answer, *ids: str) -> tuple[dict[str, tuple[str, str]], Suite]:
    suite = Suite(answer, *ids)
    run = settle(suite((), 0), suite, lambda _: None)
    return {one.id: (one.status, one.nature) for one in run.outcomes}, suite


def test_a_suite_that_passes_is_not_run_again():
    found, suite = natures(lambda *_: "passed", "a", "b")
    assert found == {"a": ("passed", ""), "b": ("passed", "")}
    assert suite.asked == [()]


def test_what_always_fails_fails():
    found, _ = natures(lambda test, *_: "failed" if test == "a" else "passed", "a", "b")
    assert found == {"a": ("failed", ""), "b": ("passed", "")}


def test_what_is_known_to_fail_is_not_run_again():
    suite = Suite(lambda test, *_: "passed" if test == "c" else "failed", "a", "b", "c")
    run = settle(suite((), 0), suite, lambda _: None, {"a"})
    assert [(one.id, one.status) for one in run.outcomes] == [("a", "failed"), ("b", "failed"), ("c", "passed")]
    assert {test for ids in suite.asked for test in ids} == {"b"}


def test_what_fails_in_order_and_passes_alone_depends_on_its_order():
    found, _ = natures(lambda test, alone, _: "passed" if alone or test == "b" else "failed", "a", "b")
    assert found["a"] == ("passed", "order-dependent")


def test_what_passes_the_second_time_in_order_is_flaky():
    times: list[str] = []

    def answer(test: str, alone: bool, seed: int) -> Status:
        times.append(test)
        return "passed" if len(times) > 1 else "failed"

    assert natures(answer, "a")[0] == {"a": ("passed", "flaky")}


def test_what_fails_with_one_seed_only_is_flaky():
    found, suite = natures(lambda _test, _alone, seed: "failed" if seed == 0 else "passed", "a")
    assert found == {"a": ("passed", "flaky")}
    assert () not in suite.asked[1:], "the whole suite tells nothing here"


def test_a_skip_is_no_pass():
    found, _ = natures(lambda _test, alone, _seed: "skipped" if alone else "failed", "a")
    assert found == {"a": ("failed", "")}


@pytest.mark.parametrize(("many", "runs"), [(ALONE_AT_MOST, ALONE_AT_MOST), (ALONE_AT_MOST + 1, 1), (AGAIN_AT_MOST + 1, 0)])  # fmt: skip
def test_few_run_each_by_itself_many_together_and_very_many_not_again(many: int, runs: int):
    _, suite = natures(lambda *_: "failed", *(f"t{number}" for number in range(many)))
    assert len(suite.asked) - 1 == runs


def test_the_seconds_of_all_runs_count():
    suite = Suite(lambda *_: "failed", "a")
    assert settle(suite((), 0), suite, lambda _: None).seconds == 1.0 + 3.0


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("shop.goods.tests.Prices.test_sum", "goods.Prices.test_sum"),
        ("goods.tests.prices.Prices.test_sum", "goods.Prices.test_sum"),
        ("goods.models.Prices.test_sum", "goods.Prices.test_sum"),
        ("goods.checks.Prices.test_sum", ""),
    ],
)
def test_a_test_has_another_label_before_django_16(name: str, label: str):
    assert old_label(name) == label


def test_a_second_run_shows_what_is_flaky():
    twice = repeated(run_of({"a": "passed", "b": "passed"}), run_of({"a": "passed", "b": "failed"}))
    assert [one.nature for one in twice.outcomes] == ["", "flaky"]


def test_a_test_that_was_flaky_proves_nothing_by_failing():
    flaky = TestRun(
        outcomes=(Outcome(id="a", status="passed", nature="flaky"),),
        warnings=(), seconds=1, returncode=0, finished=True, log="",
    )  # fmt: skip
    assert compare_tests(flaky, run_of({"a": "failed"})).green
    assert not compare_tests(flaky, run_of({})).green, "but it must be there"


def test_a_skipped_and_a_missing_test_are_worse():
    before = run_of({"a": "passed", "b": "passed", "c": "skipped"})
    worse = compare_tests(before, run_of({"a": "skipped"})).worse
    assert [(one.kind, one.subject) for one in worse] == [("test", "a"), ("missing", "b"), ("missing", "c")]
    assert "skipped now" in worse[0].message


def test_slow_and_flaky_tests_are_named_once_with_the_hop_they_showed_in():
    quick, slow = (Outcome(id="a", status="passed", seconds=seconds) for seconds in (0.5, 6.0))
    always = Outcome(id="b", status="passed", seconds=7.0)
    flaky = Outcome(id="c", status="passed", nature="flaky")
    runs = {
        0: run_of({}, outcomes=(quick, always)),
        1: run_of({}, outcomes=(slow, always, flaky)),
        2: run_of({}, outcomes=(slow, always, flaky)),
    }
    found = {(one.what, one.id): (one.hop, one.detail) for one in named_tests(runs)}
    assert found == {
        ("slow", "a"): (1, "takes 6.0 s, 0.5 s at the baseline"),
        ("slow", "b"): (0, "takes 7.0 s"),
        ("flaky", "c"): (1, "fails and passes by turns"),
    }


TESTS = b"""\
import pytest
class A(TestCase):
    def test_one(self):
        self.assertEqual(1, 1)
        self.failUnless(True)
        print "old"
    def check(self):
        with pytest.raises(ValueError):
            f()
def test_two():
    assert f()
    def inner():
        assert 2
"""


def test_assertions_are_counted_in_either_python():
    found = strengths_in(TESTS, PurePosixPath("app/tests.py"))
    assert {name: one.assertions for name, one in found.items()} == {
        "app/tests.py::A.test_one": 2,
        "app/tests.py::A.check": 1,
        "app/tests.py::test_two": 2,
    }


@pytest.mark.parametrize(
    ("old", "new", "weaker"),
    [
        (b"self.assertEqual(1, 1)", b"pass", True),
        (b"self.failUnless(True)", b"self.assertTrue(True)", False),
        (b"self.assertEqual(1, 1)", b"self.assertEqual(1, 1)\n        self.assertEqual(2, 2)", False),
        (b"    assert f()", b"    f()", True),
        (b"class A", b"class B", False),
    ],
)
def test_a_weaker_test_is_worse(old: bytes, new: bytes, weaker: bool):
    path = PurePosixPath("app/tests.py")
    found = weakened(strengths_in(TESTS, path), strengths_in(TESTS.replace(old, new), path))
    assert bool(found) == weaker


def test_an_emptied_test_is_worse_though_it_asserted_nothing():
    before, now = {"t": Strength(assertions=0, calls=2)}, {"t": Strength(assertions=0, calls=0)}
    assert [one.message for one in weakened(before, now)] == ["it did something and does nothing now"]
    assert weakened(now, now) == ()


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("app/tests.py", True), ("app/tests/models.py", True), ("test_app.py", True), ("app/app_test.py", True),
        ("conftest.py", True), ("app/models.py", False), ("app/latest.py", False), ("app/tests/data.json", False),
        ("contest/views.py", False),
    ],
)  # fmt: skip
def test_test_code_is_known_by_its_name(path: str, is_one: bool):
    assert is_test_code(PurePosixPath(path)) == is_one


def test_a_test_that_its_author_skips_from_a_version_on_is_no_loss():
    source = b"""
@unittest.skipIf(django.VERSION >= (1, 6), "other markup")
class OldMarkup(TestCase):
    def test_render(self):
        self.assertEqual(1, 1)


class Fields(TestCase):
    @skipUnless(get_version() < "1.6", "other markup")
    def test_old(self):
        self.assertEqual(1, 1)

    @skipIf(not has_network(), "no network")
    def test_net(self):
        self.assertEqual(1, 1)
"""
    known = strengths_in(source, PurePosixPath("shop/tests/test_fields.py"))
    ids = [f"shop.tests.test_fields.{name}" for name in ("OldMarkup.test_render", "Fields.test_old", "Fields.test_net")]
    others = ["shop.tests.test_forms.Fields.test_old", "shop.tests.test_fields.Fields.test_older"]
    assert skip_themselves(known, [*ids, *others, "mart.tests.test_fields.Fields.test_old"]) == {*ids[:2]}
    assert skip_themselves(known, ["tests.test_fields.Fields.test_old"]), "src/ is no part of a test's id"
    assert skip_themselves(known, ["shop/tests/test_fields.py::Fields::test_old"]) == {
        "shop/tests/test_fields.py::Fields::test_old"
    }
