"""Carrying out rewritings in the worktree: one commit for each change, with its reason and link."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from djup.facts.project import build_facts
from djup.fixers.engine.walk import FixedTree, fix_tree
from djup.hops.context import RunContext, StepOutcome
from djup.hops.place import project_now
from djup.knowledge.changes import Change
from djup.model import Commit, Hop
from djup.scope import scope_of
from djup.source.files import project_files, write_whole


def commit_rewritings(context: RunContext, hop: Hop, step: str, changes: Sequence[Change]) -> StepOutcome:
    """Rewrite by each change that applies and commit each on its own."""
    wanted = _wanted(context, changes)
    fixed = _fixed(context, wanted)
    commits: list[Commit] = []
    for change in wanted:
        files = fixed.changed.get(change.id)
        if files:
            commit = _commit(context, hop, step, change=change, files=files, edits=fixed.edits.get(change.id, 0))
            commits += [commit] if commit else []
    edits = sum(commit.edits for commit in commits)
    return StepOutcome(
        message=f"{edits} places by {len(commits)} rules" if commits else "nothing to rewrite",
        commits=tuple(commits),
        skipped=not commits,
    )


def can_rewrite(context: RunContext, changes: Sequence[Change]) -> bool:
    """Whether any of some changes would rewrite anything in the worktree as it is."""
    return bool(_fixed(context, _wanted(context, changes)).changed)


def _wanted(context: RunContext, changes: Sequence[Change]) -> list[Change]:
    return [change for change in scope_of(context.run.config).changes(changes) if change.fixable]


def _fixed(context: RunContext, wanted: Sequence[Change]) -> FixedTree:
    paths = project_files(context.root)
    facts = build_facts(context.root, paths, project_now(context).settings_files)
    return fix_tree(context.root, scope_of(context.run.config).files(paths), wanted, facts)


def _commit(
    context: RunContext, hop: Hop, step: str, *, change: Change, files: Mapping[PurePosixPath, bytes], edits: int
) -> Commit | None:
    for path, data in files.items():
        target = context.root / path
        mode = target.stat().st_mode if target.exists() else None
        write_whole(target, data)
        if mode is not None:
            target.chmod(mode)
    paths = [context.in_worktree(path) for path in files]
    return context.commit(hop, step, paths, commit_message(change, len(files), edits), change=change.id, edits=edits)


def commit_message(change: Change, files: int, edits: int) -> str:
    """The message of a rewriting's commit: what changes, why, and where Django says so."""
    place = "place" if edits == 1 else "places"
    where = f"{edits} {place} in {files} file" + ("" if files == 1 else "s")
    owner = change.id.partition("/")[0].removesuffix(change.removed).rstrip("-") or "Django"
    when = f"{owner} {change.removed}"
    since = f", deprecated since {change.deprecated}" if change.deprecated else ""
    reason = textwrap.fill(f"{change.summary}. It takes effect in {when}{since}. {where} rewritten.", 72)
    return f"{change.subject or change.summary}\n\n{reason}\n{change.notes}\n"
