"""The commits of a run that touch the code of tests: each is by a rule, or by a person."""

from __future__ import annotations

from pathlib import PurePosixPath

from djup.hops.work import Work
from djup.model import Record
from djup.verify.assertions import is_test_code


class TestEdit(Record):
    """A commit's edit of a file of tests. ``change`` is the rule it followed, ``""`` for a commit by hand."""

    __test__ = False

    path: str
    change: str
    commit: str
    subject: str


def test_edits(work: Work) -> tuple[TestEdit, ...]:
    """Every edit of test code since the run began, oldest first."""
    found = []
    for commit in work.git.lines("rev-list", "--reverse", f"{work.run.base}..HEAD"):
        names = work.git.lines("diff-tree", "--no-commit-id", "--name-only", "-r", commit)
        paths = [name for name in names if is_test_code(PurePosixPath(name))]
        if paths:
            change = "".join(work.git.trailers(commit, "Djup-Change"))
            subject = work.git.ask("log", "-1", "--format=%s", commit)
            found += [TestEdit(path=path, change=change, commit=commit, subject=subject) for path in paths]
    return tuple(found)
