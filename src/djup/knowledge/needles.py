"""One pass over the bytes of a file tells which changes it may hold; only files that hit are parsed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ahocorasick_rs import BytesAhoCorasick

from djup.knowledge.changes import Change, Method, Option
from djup.model import Record

_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


class Needle(Record):
    """A word, and the other words a file must hold for it to matter: all parts of the dotted name it comes from.

    ``whole`` tells that it must stand as a word of its own.
    """

    word: bytes
    whole: bool = True
    together: frozenset[bytes] = frozenset()


def needles_of(change: Change) -> frozenset[Needle]:
    """Derive the needles of a change from its data; one that pins a default may have none, it looks at settings."""
    seen, templates = change.seen, change.templates
    dotted = [*change.moved, *seen.names, *seen.calls, *(one.call for one in change.positional)]
    found = {_dotted(one) for one in dotted}
    found |= {_keyword(one.call, one.old, one.position) for one in (*change.keywords, *seen.arguments)}
    found |= {Needle(word=one.encode(), together=frozenset({b"call_command"})) for one in change.commands}
    found = found.union(*(_method(one) for one in change.methods), *(_option(one) for one in change.options))
    found |= {Needle(word=f"def {one.method}".encode()) for one in change.overrides}
    words = [*(one.name for one in change.settings), *change.strings]
    words += [*seen.options, *seen.variables, *seen.template_words, *seen.strings]
    words += [*templates.libraries, *templates.tags, *templates.filters]
    found |= {Needle(word=one.encode(), whole=False) for one in templates.lookups}
    found |= {Needle(word=one.encode(), whole=False) for one in seen.fragments}
    found |= {_together(one) for one in seen.words}
    return frozenset(found | {Needle(word=one.encode()) for one in words})


def _dotted(name: str) -> Needle:
    *before, last = name.split(".")
    return Needle(word=last.encode(), together=frozenset(one.encode() for one in before))


def _method(method: Method) -> frozenset[Needle]:
    """The name with the objects it is looked for on, and its definition."""
    together = frozenset(one.encode() for one in method.beside) if len(method.beside) == 1 else frozenset()
    owners = [*(method.on or method.receivers), *(("self", "cls", ")") if method.bases else ())]
    written = [f"{one}.{method.old}" for one in owners] if method.on or method.receivers else [f".{method.old}"]
    texts = [*(written if method.uses else ()), *([f"def {method.old}"] if method.override else ())]
    return frozenset(Needle(word=one.encode(), whole=False, together=together) for one in texts)


def _option(option: Option) -> frozenset[Needle]:
    """The assignment: with its value, where only some count."""
    if not option.values:
        return frozenset({Needle(word=option.old.encode())})
    texts = [f"{option.old}{sign}{value}" for value in option.values for sign in (" = ", "=")]
    return frozenset(Needle(word=one.encode()) for one in texts)


def _together(words: str) -> Needle:
    first, *rest = words.encode().split()
    return Needle(word=first, together=frozenset(rest))


def _keyword(call: str, old: str, position: int) -> Needle:
    if position < 0:
        return Needle(word=old.encode(), together=frozenset(one.encode() for one in call.split(".") if one))
    return _dotted(call) if not call.startswith(".") else Needle(word=call[1:].encode())


class Matcher:
    """The needles of a set of changes, compiled."""

    def __init__(self, changes: Sequence[Change]) -> None:
        owners: dict[tuple[bytes, bool], list[tuple[int, frozenset[bytes]]]] = {}
        for place, change in enumerate(changes):
            for needle in needles_of(change):
                owners.setdefault((needle.word, needle.whole), []).append((place, needle.together))
        self._owners = list(owners.values())
        self._whole = [whole for _, whole in owners]
        self._automaton = BytesAhoCorasick([word for word, _ in owners]) if owners else None

    def hits(self, body: bytes) -> frozenset[int]:
        """The places (in the sequence of changes) of those that the bytes may hold; whole words only."""
        if self._automaton is None:
            return frozenset()
        words: set[int] = set()
        last = len(body)
        for word, start, end in self._automaton.find_matches_as_indexes(body, overlapping=True):
            if word in words:
                continue
            inside = (start and body[start - 1] in _WORD) or (end < last and body[end] in _WORD)
            if not inside or not self._whole[word]:
                words.add(word)
        return frozenset(
            place for word in words for place, together in self._owners[word] if all(one in body for one in together)
        )


def matcher(changes: Iterable[Change]) -> Matcher:
    """Return the compiled matcher of some changes, made once per process."""
    fixed = tuple(changes)
    key = tuple(one.id for one in fixed)
    if key not in _COMPILED:
        _COMPILED[key] = Matcher(fixed)
    return _COMPILED[key]


_COMPILED: dict[tuple[str, ...], Matcher] = {}
