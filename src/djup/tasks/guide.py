"""``djup guide``: rewrites a project in memory and sorts what a release asks of it by change."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from djup.errors import UsageError
from djup.knowledge.changes import Change, all_changes
from djup.knowledge.support import load_support
from djup.model import Finding, Release, release_text
from djup.report.guide import Chapter, GuidePage
from djup.tasks.fix import Order, release_of_project, rewrite, scope_near


def make_guide(root: Path, target: Release, given: Release | None) -> GuidePage:
    """Return the guide to a release; nothing is written.

    Raises UsageError for a release that does not exist, and where nothing says which Django the project is on.
    """
    if target not in {change.release for change in all_changes()} | set(load_support().rows):
        raise UsageError(f"there is no Django {release_text(target)}.", hint="`djup changes stats` lists the releases.")
    start = given or release_of_project(root)
    if start is None:
        raise UsageError("no file here says which Django this is written for.", hint="Give it with --from.", path=root)
    if start > target:
        raise UsageError(f"the project is already on Django {release_text(start)}.", hint="Name a newer release.")
    done = rewrite([root], Order(start=start, target=target, scope=scope_near(root)))
    concerned = [change for change in all_changes() if change.id in {*done.edits, *done.left}]
    return GuidePage(
        project=root.name,
        start=release_text(start),
        release=release_text(target),
        notes=f"https://docs.djangoproject.com/en/{release_text(target)}/releases/{release_text(target)}/",
        chapters=tuple(_chapter(change, done.edits, done.findings) for change in concerned),
    )


def _chapter(change: Change, edits: Mapping[str, int], findings: tuple[Finding, ...]) -> Chapter:
    return Chapter(
        id=change.id,
        summary=change.summary,
        severity=change.severity,
        rewritten=edits.get(change.id, 0),
        left=tuple(finding for finding in findings if finding.change == change.id),
        advice=change.advice,
        link=change.notes,
    )
