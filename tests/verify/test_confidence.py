"""What is proven of a hop, in numbers and in words: nothing unproven is passed over."""

from __future__ import annotations

from djup.hops.changed_lines import lines_of_diff
from djup.verify.confidence import Confidence, Unexercised, sentences, spans, unexercised
from djup.verify.counts import Tests
from djup.verify.lines import Coverage, Lines, joined
from djup.verify.smoke.records import Reached

SOURCE = ["import os", "", "# why", "def a():", "    return (", "        1", "    )", "def b():", "    return 2"]


def test_a_changed_line_counts_with_the_statement_it_belongs_to():
    coverage = Coverage(files={"a.py": Lines(ran=(1, 4, 8, 5), missed=(9,))})
    total, ran, missed = unexercised({"a.py": (2, 3, 5, 6, 9)}, coverage, {"a.py": SOURCE})
    assert (total, ran) == (3, 2)
    assert [str(one) for one in missed] == ["a.py:9"]


def test_a_file_nobody_measured_is_left_out():
    assert unexercised({"setup.py": (1,)}, Coverage(), {"setup.py": SOURCE}) == (0, 0, ())


def test_what_ran_in_either_run_ran():
    tests = Coverage(files={"a.py": Lines(ran=(1,), missed=(2, 3))})
    smoke = Coverage(files={"a.py": Lines(ran=(2,), missed=(1, 3))})
    assert joined(tests, smoke, None).files["a.py"] == Lines(ran=(1, 2), missed=(3,))


def test_lines_are_written_as_people_write_them():
    assert spans([9, 3, 4, 5]) == "3-5, 9"
    assert spans([]) == ""


def test_the_new_lines_of_a_diff_are_found():
    diff = (
        "diff --git a/site/a.py b/site/a.py\n--- a/site/a.py\n+++ b/site/a.py\n@@ -3,0 +4,2 @@\n+x\n+y\n@@ -9 +11 @@\n-a\n+b\n"
        "diff --git a/site/old.py b/site/old.py\n--- a/site/old.py\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-x\n-y\n"
        "diff --git a/other/b.py b/other/b.py\n--- a/other/b.py\n+++ b/other/b.py\n@@ -1 +1 @@\n-x\n+y\n"
    )
    assert lines_of_diff(diff, "site") == {"a.py": (4, 5, 11)}
    assert set(lines_of_diff(diff)) == {"site/a.py", "other/b.py"}


def test_the_words_say_what_is_missing():
    nothing = " ".join(sentences(Confidence(tests=None, coverage=None, smoke=None, smoke_why="not wanted")))
    assert "has no tests" in nothing
    assert "No smoke tests were run (not wanted)" in nothing
    assert "schema was not compared" in nothing


def test_the_words_say_where_to_look():
    found = Confidence(
        tests=Tests(passed=3, failed=0, skipped=0, total=3),
        coverage=71.4,
        smoke=Reached(routes=9, routes_reached=8, requests=50),
        schema="equal",
        changed=4,
        changed_ran=3,
        unexercised=(Unexercised(path="shelf/views.py", lines=(7,)),),
        templates=("shelf/templates/old.html",),
    )
    words = " ".join(sentences(found))
    for part in ("3 of 3 tests", "71 %", "8 of 9 routes", "equal", "3 of 4 changed", "shelf/views.py:7", "old.html"):
        assert part in words
