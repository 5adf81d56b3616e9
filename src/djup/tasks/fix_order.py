"""``djup fix`` from end to end: what is asked for, settled from options and the project, and the page of what came."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from djup.errors import UsageError
from djup.knowledge.changes import all_changes
from djup.knowledge.support import load_support
from djup.model import Finding, Release, parse_release, release_text
from djup.report.fix import FixPage
from djup.tasks.fix import Order, Rewritten, changes_for, release_of_project, root_of, scope_near

STDIN = Path("-")


def make_order(
    paths: Sequence[Path],
    start: str | None,
    target: str | None,
    *,
    only: tuple[str, ...] = (),
    skip: tuple[str, ...] = (),
    safety: str = "review",
    collapse: bool = False,
) -> Order:
    """Settle what to rewrite: without ``target`` to the newest release, without ``start`` from the project's own.

    Raises UsageError for a path that is not there, a release that is none, and for a way back.
    """
    missing = next((path for path in paths if path != STDIN and not path.exists()), None)
    if missing is not None:
        raise UsageError("there is no such file or folder.", path=missing)
    end = parse_release(target) if target else _newest()
    begin = parse_release(start) if start else min(_start(paths), end)
    if begin > end:
        text = f"--from {release_text(begin)} is newer than --to {release_text(end)}."
        raise UsageError(text, hint="djup rewrites towards newer releases only.")
    folder = Path.cwd() if paths[0] == STDIN else root_of(paths)
    scope = scope_near(folder, only=only, skip=skip)
    return Order(start=begin, target=end, scope=scope, safety=safety, collapse=collapse)


def _newest() -> Release:
    """The newest release that is out and known."""
    newest = max(change.release for change in all_changes())
    return max(release for release in load_support().rows if release <= newest)


def _start(paths: Sequence[Path]) -> Release:
    found = None if paths[0] == STDIN else release_of_project(root_of(paths))
    if found is None:
        raise UsageError("no file here says which Django this is written for.", hint="Give it with --from.")
    return found


def make_fix_page(result: Rewritten, order: Order, *, written: bool) -> FixPage:
    """The page of a rewriting."""
    return FixPage(
        start=release_text(order.start),
        target=release_text(order.target),
        written=written,
        files=result.files,
        changed=tuple(sorted(map(str, result.changed))),
        edits=dict(sorted(result.edits.items())),
        findings=result.findings,
        unreadable={str(path): reason for path, reason in sorted(result.unreadable.items())},
        unused_skips=result.unused,
    )


def left_to_a_person(result: Rewritten, order: Order) -> tuple[Finding, ...]:
    """The places of the changes asked for that no fixer takes."""
    known = {change.id for change in changes_for(order)}
    return tuple(finding for finding in result.findings if finding.change in known)
