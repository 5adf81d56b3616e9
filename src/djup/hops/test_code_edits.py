"""The commits of a run that touch the code of tests: each is by a rule, or by a person."""

from __future__ import annotations

from pathlib import PurePosixPath

from djup.hops.context import RunContext
from djup.verify.assertions import TestEdit, is_test_code


def test_edits(context: RunContext) -> tuple[TestEdit, ...]:
    """Every edit of test code since the run began, oldest first."""
    found = []
    for commit in context.git.lines("rev-list", "--reverse", f"{context.run.base}..HEAD"):
        names = context.git.lines("diff-tree", "--no-commit-id", "--name-only", "-r", commit)
        paths = [name for name in names if is_test_code(PurePosixPath(name))]
        if paths:
            change = "".join(context.git.trailers(commit, "Djup-Change"))
            subject = context.git.ask("log", "-1", "--format=%s", commit)
            found += [TestEdit(path=path, change=change, commit=commit, subject=subject) for path in paths]
    return tuple(found)
