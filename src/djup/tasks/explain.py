"""``djup explain``: looks a change up by its id."""

from __future__ import annotations

import difflib

from djup.errors import UsageError
from djup.knowledge.changes import Change
from djup.knowledge.package_changes import every_change
from djup.report.explain import Explanation

NEAR = 0.4
"""How alike (0 to 1) an id must be to be offered for one that does not exist."""


def explain(change_id: str) -> Explanation:
    """Return what is known of a change; raises UsageError, with the ids that come near, where there is none."""
    known = {change.id: change for change in every_change()}
    if change_id not in known:
        near = difflib.get_close_matches(change_id, known, n=3, cutoff=NEAR)
        hint = (
            f"Did you mean {', '.join(near)}?"
            if near
            else "Ids look like 4.0/ugettext; `djup plan` lists those that apply."
        )
        raise UsageError(f"there is no change '{change_id}'.", hint=hint)
    return _explanation(known[change_id])


def _explanation(change: Change) -> Explanation:
    example = next((example for example in change.examples if example.after), None)
    return Explanation(
        id=change.id,
        summary=change.summary,
        kind=change.kind,
        severity=change.severity,
        deprecated=change.deprecated,
        removed=change.removed,
        runs_from=change.runs_from,
        fixed_by_djup=change.fixable,
        advice=change.advice or change.why_not,
        link=change.notes,
        before=example.before if example else "",
        after=example.after if example else "",
    )
