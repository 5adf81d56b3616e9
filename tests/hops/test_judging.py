"""The verdict on what a step measured: records in, a verdict out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import msgspec
import pytest

from djup.config import Config
from djup.hops.steps.check import judge_baseline_checks
from djup.hops.steps.schema import judge_proof
from djup.hops.steps.smoke import judge_baseline_smoke, judge_differences
from djup.hops.steps.test import judge_baseline_tests, judge_tests
from djup.hops.verdict import Verdict, signature
from djup.model import App, Checked, Known, Outcome, Project, TestCommand, TestRun, Trouble
from djup.verify.assertions import Strength
from djup.verify.compare import Worse
from djup.verify.proof import SchemaProof
from djup.verify.schema import Schema, SchemaDifference
from djup.verify.smoke.records import Difference, Smoke

PROJECT = Project(
    root=Path("/site"),
    name="shop",
    vcs=None,
    manage=PurePosixPath("manage.py"),
    other_manage=(),
    settings=Known(value="shop.settings", why="manage.py"),
    settings_files=(),
    django=None,
    django_range="",
    python=None,
    python_range="",
    manifests=(),
    locks=(),
    tests=None,
    apps=(App(name="shelf", path=PurePosixPath("shelf")),),
    templates=0,
    databases=(),
    distribution=None,
    pythonpath=(),
    required_env=(),
)


def of(statuses: Mapping[str, str], *, finished: bool = True, log: str = "/logs/tests.log") -> TestRun:
    """A run of the tests with a status for each name."""
    outcomes = [{"id": name, "status": status, "message": f"{name} says so"} for name, status in statuses.items()]
    return TestRun(
        outcomes=tuple(msgspec.convert(outcome, Outcome) for outcome in outcomes),
        warnings=(),
        seconds=1.0,
        returncode=0,
        finished=finished,
        log=log,
        reason="" if finished else "killed",
        tail="" if finished else "Segmentation fault",
    )


def ran(**statuses: str) -> TestRun:
    return of(statuses)


def sweep(name: str, *troubles: tuple[str, str], trace: str = "") -> Checked:
    found = tuple(Trouble(subject=subject, message=message, trace=trace) for subject, message in troubles)
    return Checked(name=name, ran=True, troubles=found)


def subjects(verdict: Verdict) -> list[tuple[str, str]]:
    return [(worse.kind, worse.subject) for worse in verdict.worse]


# --- tests of a hop -------------------------------------------------------------------------------------------------


def judged(
    before: TestRun,
    now: TestRun,
    strong: Mapping[str, Strength] | None = None,
    now_strong: Mapping[str, Strength] | None = None,
) -> Verdict:
    return judge_tests(before, now, strong or {}, now_strong or {})


def test_the_same_outcomes_are_green():
    run = ran(a="passed", b="failed", c="skipped")
    assert judged(run, run).green


def test_a_test_that_passed_and_fails_is_red_and_named():
    verdict = judged(ran(a="passed", b="passed"), ran(a="passed", b="failed"))
    assert subjects(verdict) == [("test", "b")]
    assert verdict.reason == "1 worse than at the baseline: test b: b says so."


def test_a_test_that_is_gone_is_red():
    assert subjects(judged(ran(a="passed", b="passed"), ran(a="passed"))) == [("missing", "b")]


def test_a_known_failure_may_fail_on_and_a_new_one_may_not():
    assert judged(ran(a="failed", b="passed"), ran(a="error", b="passed")).green
    assert subjects(judged(ran(b="passed"), ran(b="passed", c="failed"))) == [("test", "c")]


def test_a_run_that_breaks_down_is_one_thing_and_weighs_no_assertions():
    weak, strong = (
        {"tests.py::test_a": Strength(assertions=0, calls=0)},
        {"tests.py::test_a": Strength(assertions=3, calls=3)},
    )
    verdict = judged(ran(a="passed", b="passed"), of({}, finished=False), strong, weak)
    assert subjects(verdict) == [("test", "test run")]
    assert verdict.worse[0].trace == "Segmentation fault"


def test_a_test_that_asserts_less_is_red_though_it_passes():
    strong = {"shelf/tests.py::A.test_a": Strength(assertions=2, calls=2)}
    weak = {"shelf/tests.py::A.test_a": Strength(assertions=1, calls=2)}
    run = ran(a="passed")
    assert subjects(judged(run, run, strong, weak)) == [("weaker", "shelf/tests.py::A.test_a")]
    assert judged(run, run, weak, strong).green


def test_a_skip_is_red_unless_the_source_says_from_which_version_on():
    before, now = of({"shelf.tests.A.test_a": "passed"}), of({"shelf.tests.A.test_a": "skipped"})
    assert subjects(judged(before, now)) == [("test", "shelf.tests.A.test_a")]
    said = {"shelf/tests.py::A.test_a": Strength(assertions=1, calls=1, by_version=True)}
    assert judged(before, now, said, said).green


def test_only_three_are_named_and_the_rest_is_counted():
    names = dict.fromkeys("abcde", "passed")
    verdict = judged(of(names), of(dict.fromkeys("abcde", "failed")))
    assert verdict.reason.endswith("test c: c says so; and 2 more.")


# --- tests of the baseline ------------------------------------------------------------------------------------------


def test_a_green_baseline_starts_a_run():
    assert judge_baseline_tests(ran(a="passed", b="skipped"), Config(), settings_known=True) == Verdict(green=True)


def test_a_red_baseline_names_its_failures_and_the_way_on():
    verdict = judge_baseline_tests(ran(a="passed", b="failed"), Config(), settings_known=True)
    assert not verdict.green
    assert verdict.reason == "1 of 2 tests fail before anything is changed: b: b says so."
    assert "--accept-failures" in verdict.hint


def test_accepted_failures_start_a_run_as_long_as_anything_passes():
    accept = Config(accept_failures=True)
    assert judge_baseline_tests(ran(a="passed", b="failed"), accept, settings_known=True).green
    assert not judge_baseline_tests(ran(a="failed", b="failed"), accept, settings_known=True).green


def test_a_baseline_that_breaks_down_asks_for_the_command():
    verdict = judge_baseline_tests(
        of({"a": "passed"}, finished=False), Config(accept_failures=True), settings_known=True
    )
    assert verdict.reason == "the tests do not run to their end: killed (log: /logs/tests.log)."
    assert "--test-command" in verdict.hint


def test_smoke_tests_stand_in_where_there_are_none():
    verdict = judge_baseline_tests(ran(), Config(), settings_known=True)
    assert verdict.green
    assert verdict.notes


@pytest.mark.parametrize(
    ("config", "settings_known", "option"),
    [(Config(smoke=False), True, "--test-command"), (Config(), False, "--settings")],
)
def test_no_tests_and_nothing_that_stands_in_is_red(config: Config, settings_known: bool, option: str):
    verdict = judge_baseline_tests(of({}, log=""), config, settings_known=settings_known)
    assert verdict.reason == "no test ran (log: none: no test command was found)."
    assert option in verdict.hint


# --- checks of the baseline -----------------------------------------------------------------------------------------


def with_tests(runner: str, *, settings: Known[str] | None) -> Project:
    command = msgspec.convert({"runner": runner, "argv": ["x"]}, TestCommand)
    return msgspec.structs.replace(PROJECT, settings=settings, tests=Known(value=command, why="a file"))


def test_sweeps_may_find_what_they_will_at_the_baseline():
    checks = [sweep("imports", ("shelf.old", "No module named 'md5'")), sweep("templates", ("a.html", "Invalid tag"))]
    assert judge_baseline_checks(checks, PROJECT).green


def test_sources_of_apps_must_parse_but_not_their_data():
    own, data = ("shelf/models.py", "line 3: invalid syntax"), ("shelf/tests/data/broken.py", "line 1: invalid syntax")
    assert judge_baseline_checks([sweep("sources", data, ("scripts/old.py", "print x"))], PROJECT).green
    verdict = judge_baseline_checks([sweep("sources", data, own)], PROJECT)
    assert verdict.reason == "the project does not parse: shelf/models.py, line 3: invalid syntax."


def test_an_error_of_the_system_check_is_red():
    verdict = judge_baseline_checks([sweep("check", ("fields.E300", "a relation to nothing"))], PROJECT)
    assert verdict.reason == "`check` finds 1 errors: fields.E300 a relation to nothing."


@pytest.mark.parametrize(
    ("message", "trace", "said"),
    [
        ("KeyError: 'DATABASE_URL'", 'os.environ["DATABASE_URL"]', "--env DATABASE_URL=VALUE"),
        ("decouple: SECRET not found. Declare it as envvar", "decouple.py", "--env SECRET=VALUE"),
        ("KeyError: 'DATABASE_URL'", "shop/settings.py", "--settings"),
        ("ModuleNotFoundError: No module named 'raven'", "", "`requirements`"),
    ],
)
def test_settings_that_do_not_load_say_what_they_miss(message: str, trace: str, said: str):
    verdict = judge_baseline_checks([sweep("settings", ("settings", message), trace=trace)], PROJECT)
    assert not verdict.green
    assert said in verdict.hint


def test_settings_that_nothing_names_are_asked_for_unless_the_tests_may_give_them():
    checks = [sweep("settings", ("settings", "ImproperlyConfigured"))]
    unknown = msgspec.structs.replace(PROJECT, settings=None)
    assert "--settings" in judge_baseline_checks(checks, unknown).hint
    given = judge_baseline_checks(checks, with_tests("pytest", settings=None))
    assert given.green
    assert "ImproperlyConfigured" in given.notes[0]
    guessed = Known(value="shop.settings", why="its name", certain=False)
    assert judge_baseline_checks(checks, with_tests("script", settings=guessed)).green
    assert not judge_baseline_checks(checks, with_tests("manage", settings=guessed)).green


# --- smoke tests and the schema -------------------------------------------------------------------------------------

BROKEN = Difference(aspect="status", subjects=("GET /", "GET /a/"), message="200 → 500", severity="must")


def test_a_difference_that_blocks_is_red_until_it_is_accepted():
    verdict = judge_differences([BROKEN], ())
    assert subjects(verdict) == [("smoke", "GET / and 1 more")]
    assert "--accept-difference" in verdict.reason
    assert judge_differences([BROKEN], ("200 → 500",)).green
    assert not judge_differences([BROKEN], ("200 → 404",)).green


def test_a_difference_that_a_release_explains_or_that_weighs_less_is_green():
    explained = msgspec.structs.replace(BROKEN, explanation="4.0 sends another header")
    lesser = msgspec.structs.replace(BROKEN, severity="should")
    assert judge_differences([explained, lesser], ()).green


def test_smoke_tests_must_run_only_where_there_are_no_tests():
    broken = Smoke(ran=False, reason="no route")
    assert judge_baseline_smoke(ran(a="passed"), broken).green
    assert judge_baseline_smoke(ran(), Smoke(ran=True)).green
    assert "no route" in judge_baseline_smoke(ran(), broken).reason
    assert "not wanted" in judge_baseline_smoke(ran(), None).reason


def test_a_schema_is_red_where_something_of_the_project_is_lost_or_migrations_fail():
    lost = SchemaDifference(app="shelf", table="shelf_book", what="column", message="title is gone", severity="must")
    lesser = msgspec.structs.replace(lost, severity="may")
    assert judge_proof(SchemaProof(new=Schema(), lost=(lesser,))).green
    assert judge_proof(None).green
    assert subjects(judge_proof(SchemaProof(new=Schema(), apart=(lost,)))) == [("schema", "shelf_book")]
    failed = judge_proof(SchemaProof(new=Schema(error="boom", trace="Traceback"), reason="boom"))
    assert subjects(failed) == [("schema", "migrations")]
    assert failed.worse[0].trace == "Traceback"


# --- signatures -----------------------------------------------------------------------------------------------------


def test_a_signature_is_the_same_for_what_differs_by_chance_alone():
    def red(message: str) -> Verdict:
        return Verdict(green=False, worse=(Worse(kind="test", subject="a", message=message),))

    assert signature(red("<Book object at 0x7f0123456701>")) == signature(red("<Book object at 0x7f0123456702>"))
    assert signature(red("no title")) != signature(red("no author"))
