"""What may mend a red hop: what is worse in, repairs out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from djup.environments.builds import PKG_RESOURCES
from djup.hops.repairs.repair import Repair
from djup.hops.repairs.search import RepairContext, search_repairs
from djup.hops.verdict import Verdict
from djup.knowledge.changes import Change
from djup.model import Hop, Stop
from djup.verify.compare import Worse
from djup.verify.diagnosis import Cause
from djup.verify.owners import Owners

HOP = Hop(
    number=2,
    kind="feature",
    start=Stop(django="3.1.14", python=(3, 9)),
    end=Stop(django="3.2.25", python=(3, 9)),
    why="the next release",
    crossed=((3, 2),),
)

SITE = "/env/lib/python3.9/site-packages"

TRACE = f"""\
Traceback (most recent call last):
  File "/site/shelf/views.py", line 4, in go
    outer.do()
  File "{SITE}/outer/core.py", line 7, in do
    inner.do()
  File "{SITE}/inner/core.py", line 7, in do
    lookup()
  File "{SITE}/django/db/models/query.py", line 99, in lookup
    raise TypeError("no such thing")
TypeError: no such thing
"""


def around(
    *,
    tried: tuple[Repair, ...] = (),
    pins: dict[str, str] | None = None,
    before: dict[str, str] | None = None,
    owners_before: Owners | None = None,
    causes: tuple[Cause, ...] = (),
    skipped: tuple[str, ...] = (),
    can_rewrite: Callable[[Change], bool] = lambda change: False,  # noqa: ARG005
) -> RepairContext:
    return RepairContext(
        hop=HOP,
        tried=tried,
        pins=pins or {},
        before=before or {},
        owners=Owners(Path("/site"), Path("/env/bin/python")),
        owners_before=owners_before,
        causes=causes,
        skipped=skipped,
        can_rewrite=can_rewrite,
    )


def red(message: str, *, kind: str = "test", subject: str = "test_go", owner: str = "") -> Verdict:
    worse = Worse(kind=kind, subject=subject, message=message, trace=message, owner=owner)
    return Verdict(green=False, worse=(worse,))


# --- migrations that Django asks for --------------------------------------------------------------------------------


def drift(*operations: str) -> Verdict:
    return red("; ".join(operations), kind="drift", subject="users")


def test_drift_that_a_release_documents_gets_its_migration():
    operation = "Alter field first_name on user"
    (repair,) = search_repairs(around(), drift(operation))
    assert (repair.package, repair.change, repair.rewrite) == ("users", "3.1/first-name", False)


def test_drift_of_the_projects_own_is_left_to_a_person():
    assert search_repairs(around(), drift("Add field colour to book")) == ()
    assert search_repairs(around(), drift("Alter field first_name on user", "Add field colour to book")) == ()


def test_a_migration_is_written_once():
    verdict = drift("Alter field first_name on user")
    tried = search_repairs(around(), verdict)
    assert search_repairs(around(tried=tried), verdict) == ()


# --- packages that are missing --------------------------------------------------------------------------------------


def test_what_python_no_longer_brings_is_required():
    verdict = red("ModuleNotFoundError: No module named 'pkg_resources'", kind="imports", subject="shelf.plugins")
    (repair,) = search_repairs(around(), verdict)
    assert (repair.package, repair.add) == (PKG_RESOURCES, True)
    assert "shelf.plugins" in repair.why


def test_setuptools_that_is_there_is_not_asked_for_again():
    verdict = red("ModuleNotFoundError: No module named 'pkg_resources'")
    assert search_repairs(around(pins={"setuptools": "70.0"}), verdict) == ()
    assert search_repairs(around(tried=search_repairs(around(), verdict)), verdict) == ()


def test_what_django_had_itself_once_is_required():
    verdict = red("ImportError: No module named localflavor.us.forms")
    (repair,) = search_repairs(around(), verdict)
    assert (repair.package, repair.add) == ("django-localflavor", True)
    assert search_repairs(around(pins={"django-localflavor": "4.0"}), verdict) == ()


def test_what_another_package_required_before_is_required_by_the_project(tmp_path: Path):
    listed = tmp_path / "lib/python3.9/site-packages/six-1.16.0.dist-info/RECORD"
    listed.parent.mkdir(parents=True)
    listed.write_text("six.py,,\n")
    verdict = red("ModuleNotFoundError: No module named 'six'")
    before = Owners(Path("/site"), tmp_path / "bin" / "python")
    (repair,) = search_repairs(around(owners_before=before), verdict)
    assert (repair.package, repair.add) == ("six", True)
    assert search_repairs(around(owners_before=before, pins={"six": "1.16.0"}), verdict) == ()
    assert search_repairs(around(), verdict) == ()


# --- rewritings -----------------------------------------------------------------------------------------------------

EXPLAINED = Cause(
    kind="change",
    subject="4.0/force-text",
    summary="force_text() is gone",
    failures=("test a", "test b"),
    message="cannot import name 'force_text'",
)


def test_the_change_that_explains_failures_is_rewritten_where_it_can_be():
    verdict = red("ImportError: cannot import name 'force_text'")
    (repair,) = search_repairs(around(causes=(EXPLAINED,), can_rewrite=lambda change: change.fixable), verdict)
    assert (repair.change, repair.rewrite) == ("4.0/force-text", True)
    assert repair.why.startswith("2 failures")
    assert search_repairs(around(causes=(EXPLAINED,)), verdict) == ()


def test_a_change_the_user_leaves_out_or_that_was_tried_is_not_rewritten():
    verdict = red("ImportError: cannot import name 'force_text'")
    skipping = around(causes=(EXPLAINED,), skipped=(EXPLAINED.subject,), can_rewrite=lambda change: change.fixable)
    assert search_repairs(skipping, verdict) == ()
    done = (Repair(package="", why="", change=EXPLAINED.subject, rewrite=True),)
    again = around(causes=(EXPLAINED,), tried=done, can_rewrite=lambda change: change.fixable)
    assert search_repairs(again, verdict) == ()


# --- packages at fault ----------------------------------------------------------------------------------------------

PINS = {"inner": "1.0", "outer": "2.0"}


def test_the_innermost_package_is_raised_first_then_the_outer_one():
    (first,) = search_repairs(around(pins=PINS), red(TRACE))
    assert (first.package, first.version, first.hold, first.add) == ("inner", "1.0", False, False)
    assert "TypeError: no such thing" in first.why
    (second,) = search_repairs(around(pins=PINS, tried=(first,)), red(TRACE))
    assert second.package == "outer"
    assert search_repairs(around(pins=PINS, tried=(first, second)), red(TRACE)) == ()


def test_a_package_that_was_raised_may_be_raised_again_from_its_new_version():
    tried = search_repairs(around(pins=PINS), red(TRACE))
    (again,) = search_repairs(around(pins={**PINS, "inner": "1.1"}, tried=tried), red(TRACE))
    assert (again.package, again.version) == ("inner", "1.1")


def test_where_nothing_newer_helped_what_the_hop_moved_is_put_back():
    tried = tuple(Repair(package=name, why="", version=version) for name, version in PINS.items())
    (repair,) = search_repairs(around(pins=PINS, before={"inner": "0.9", "outer": "2.0"}, tried=tried), red(TRACE))
    assert (repair.package, repair.version, repair.hold) == ("inner", "0.9", True)
    unmoved = around(pins=PINS, before=PINS, tried=tried)
    assert search_repairs(unmoved, red(TRACE)) == ()


@pytest.mark.parametrize("owner", ["", "own", "django", "python"])
def test_nothing_is_raised_for_failures_of_own_code(owner: str):
    own = 'Traceback\n  File "/site/shelf/views.py", line 4, in go\n    x\nNameError: x'
    assert search_repairs(around(pins=PINS), red(own, owner=owner)) == ()


def test_the_package_that_a_sweep_names_is_raised_without_a_traceback():
    (repair,) = search_repairs(around(pins=PINS), red("it does not import", kind="imports", owner="outer"))
    assert repair.package == "outer"
