"""How the last hop tells of a group: in the message of its commit, and in a line of progress. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from djup.hops.steps.bump import move_lines
from djup.model import PackageMove
from djup.packages.bump import Bump
from djup.packages.raising import Group

NAMED = 4
"""Packages a subject names at most."""


def commit_text(chosen: Bump, group: Group) -> str:
    """What a group moves as the subject, every move with its reason below."""
    moves = [move for move in chosen.moves if move.name in group.moves]
    if len(moves) == 1:
        subject = f"Raise {moves[0].name} from {moves[0].start} to {moves[0].end}"
    elif moves:
        subject = "Raise " + ", ".join(move.name for move in moves[:NAMED]) + (" and more" if moves[NAMED:] else "")
    else:
        subject = "Raise what other packages require"
    return "\n".join([subject, "", *move_lines(chosen.moves), ""])


def moves_in_words(moves: Iterable[PackageMove]) -> str:
    """Every move with its versions; a package that comes or goes has none on that side."""
    return ", ".join(f"{move.name} {move.start or '-'} -> {move.end or '-'}" for move in moves) or "nothing newer"


def versions_in_words(group: Group) -> str:
    """The versions an attempt at a group aims at."""
    return ", ".join(f"{name} {version}" for name, version in sorted(group.moves.items())) or group.title
