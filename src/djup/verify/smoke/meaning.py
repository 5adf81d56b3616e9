"""What the differences that smoke tests see mean for a hop: things that are worse, or findings for a person. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from djup.model import Finding
from djup.verify.compare import Worse
from djup.verify.smoke.records import Difference


def worse_by_smoke(differences: Iterable[Difference], accepted: Sequence[str]) -> tuple[Worse, ...]:
    """The differences that keep a hop from being green: those of severity must that no release and no user explains."""
    return tuple(
        Worse(kind="smoke", subject=_subject(difference), message=difference.message, trace=difference.trace)
        for difference in differences
        if difference.blocks and not is_accepted(difference, accepted)
    )


def findings_of_smoke(differences: Iterable[Difference], accepted: Sequence[str]) -> tuple[Finding, ...]:
    """The differences a person should know of although they stop nothing: explained, accepted, or of less weight."""
    return tuple(
        Finding(
            change=difference.change or f"smoke/{difference.aspect}",
            summary=f"{difference.explanation or difference.message} — {_subject(difference)}",
            severity=difference.severity,
            place=None,
            source="failure",
            hint="Seen by the smoke tests; look whether it is meant.",
        )
        for difference in differences
        if not difference.blocks or is_accepted(difference, accepted)
    )


def is_accepted(difference: Difference, texts: Sequence[str]) -> bool:
    """Whether the user has said of a difference that it is meant, by a text in its line."""
    line = f"smoke {_subject(difference)}: {difference.message}"
    return any(text in line for text in texts)


def _subject(difference: Difference) -> str:
    others = len(difference.subjects) - 1
    return difference.subjects[0] + (f" and {others} more" if others else "")
