"""One pass over the bytes of a file tells which changes it may hold; only files that hit are parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ahocorasick_rs import BytesAhoCorasick

from djup.facts.project import Facts
from djup.knowledge.changes import Change, Method, Option
from djup.knowledge.origins import Origins, Way, way_to
from djup.model import Record

_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")

_COMMON = tuple(
    b"django name db object Field date models all time args rel url request datetime filter Q check auth error index"
    b" instance any cache related client render test CharField forms save util utils clean parse backend core alias"
    b" choices ForeignKey include version IntegerField contrib template login year order_by fields tz ordering urls"
    b" static exclude copy Index views http conf execute open i18n validate HttpResponse".split()
)
"""Words that most Python files hold, commonest first: of a dotted name, one that is not among them is looked for."""


class Needle(Record):
    """A word, and the other words a file must hold for it to matter: all parts of the dotted name it comes from.

    ``whole`` tells that it must stand as a word of its own. ``dotted`` is the name that the file must have a way to
    reach, by its imports.
    """

    word: bytes
    whole: bool = True
    together: frozenset[bytes] = frozenset()
    dotted: str = ""


def needles_of(change: Change, *, python: bool = True, template: bool = True) -> frozenset[Needle]:
    """Derive the needles of a change from its data; one that pins a default may have none, it looks at settings."""
    seen, templates = change.seen, change.templates
    words = [*change.strings, *seen.strings]
    found = {Needle(word=one.encode(), whole=False) for one in seen.fragments}
    found |= {_together(one) for one in seen.words}
    if python and _in_python(change):
        found |= _python_needles(change)
        words += [*(one.name for one in change.settings), *seen.options, *seen.variables]
    if template and "template" in change.where:
        words += [*seen.template_words, *templates.libraries, *templates.tags, *templates.filters]
        words += [one.old for one in change.methods]
        found |= {Needle(word=one.encode(), whole=False) for one in templates.lookups}
    return frozenset(found | {Needle(word=one.encode()) for one in words})


def _in_python(change: Change) -> bool:
    return change.where != ("template",)


def _python_needles(change: Change) -> frozenset[Needle]:
    dotted = [*change.moved, *change.seen.names, *change.seen.calls, *(one.call for one in change.positional)]
    found = {_dotted(one) for one in dotted}
    found |= {_keyword(one.call, one.old, one.position) for one in (*change.keywords, *change.seen.arguments)}
    found |= {Needle(word=one.encode(), together=frozenset({b"call_command"})) for one in change.commands}
    found |= {Needle(word=f"def {one.method}".encode()) for one in change.overrides}
    return frozenset(found).union(*map(_method, change.methods), *map(_option, change.options))


def _dotted(name: str, *also: str) -> Needle:
    """The rarest part of a dotted name, with the others, and with what must stand there besides."""
    parts = [one.encode() for one in (*name.split("."), *also) if one]
    rarest = min(reversed(parts), key=lambda one: -_COMMON.index(one) if one in _COMMON else -len(_COMMON))
    together = frozenset(one for one in parts if one != rarest)
    return Needle(word=rarest, together=together, dotted="" if name.startswith(".") or "." not in name else name)


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
    first, *rest = words.split()
    if "." in first:
        return _dotted(first, *rest)
    return Needle(word=first.encode(), together=frozenset(one.encode() for one in rest))


def _keyword(call: str, old: str, position: int) -> Needle:
    return _dotted(call, *([old] if position < 0 else []))


class _Owner(Record):
    """The change a needle is for, by its place, and what the needle asks for besides its word."""

    place: int
    together: frozenset[bytes]
    way: Way | None


class Matcher:
    """The needles of a set of changes, compiled: for Python files, or for templates."""

    def __init__(self, changes: Sequence[Change], *, python: bool) -> None:
        owners: dict[tuple[bytes, bool], list[_Owner]] = {}
        self._shapes = [[re.compile(one.encode(), _FLAGS) for one in change.seen.shape] for change in changes]
        for place, change in enumerate(changes):
            if not (_in_python(change) if python else "template" in change.where):
                continue
            for needle in needles_of(change, python=python, template=not python):
                way = way_to(needle.dotted) if needle.dotted else None
                owner = _Owner(place=place, together=needle.together, way=way)
                owners.setdefault((needle.word, needle.whole), []).append(owner)
        self._owners = list(owners.values())
        self._whole = [whole for _, whole in owners]
        self._automaton = BytesAhoCorasick([word for word, _ in owners]) if owners else None

    def hits(self, body: bytes, package: str = "") -> frozenset[int]:
        """The places (in the sequence of changes) of those that the bytes may hold; whole words only.

        ``package`` is the dotted package that relative imports start from.
        """
        if self._automaton is None:
            return frozenset()
        origins = Origins(body, package)
        found: set[int] = set()
        for word in self._words(self._automaton.find_matches_as_indexes(body, overlapping=True), body):
            for owner in self._owners[word]:
                if owner.place in found or not (owner.way is None or origins.reach(owner.way)):
                    continue
                if all(one in body for one in owner.together):
                    found.add(owner.place)
        return frozenset(one for one in found if all(shape.search(body) for shape in self._shapes[one]))

    def _words(self, matches: Iterable[tuple[int, int, int]], body: bytes) -> set[int]:
        """The needles among the matches that stand as whole words where they must."""
        words: set[int] = set()
        last = len(body)
        for word, start, end in matches:
            if word in words:
                continue
            inside = (start and body[start] in _WORD and body[start - 1] in _WORD) or (
                end < last and body[end - 1] in _WORD and body[end] in _WORD
            )
            if not inside or not self._whole[word]:
                words.add(word)
        return words


def words_told(changes: Iterable[Change], facts: Facts) -> frozenset[str]:
    """What the facts of a project give to look for: the texts of ``seen.told`` with the names they are about."""
    return frozenset(
        text.replace("{}", name)
        for change in changes
        for attribute, texts in change.seen.told.items()
        for name in facts.names_in(attribute)
        for text in texts
    )


class Told:
    """The needles that a project itself gives some changes."""

    def __init__(self, changes: Sequence[Change], facts: Facts) -> None:
        found: dict[bytes, set[int]] = {}
        for place, change in enumerate(changes):
            for word in words_told([change], facts):
                found.setdefault(word.encode(), set()).add(place)
        self._places = list(found.values())
        self._automaton = BytesAhoCorasick(list(found)) if found else None

    def hits(self, body: bytes) -> frozenset[int]:
        """The places (in the sequence of changes) of those that the bytes may hold."""
        if self._automaton is None:
            return frozenset()
        words = {word for word, _, _ in self._automaton.find_matches_as_indexes(body, overlapping=True)}
        return frozenset().union(*(self._places[word] for word in words))


_FLAGS = re.DOTALL | re.MULTILINE


def matcher(changes: Sequence[Change], *, python: bool = True) -> Matcher:
    """Return the compiled matcher of some changes for Python files or for templates, made once per process."""
    last = _LAST.get(python)
    if last is not None and last[0] is changes:
        return last[1]
    key = (python, tuple(one.id for one in changes))
    if key not in _COMPILED:
        _COMPILED[key] = Matcher(changes, python=python)
    _LAST[python] = (changes, _COMPILED[key])
    return _COMPILED[key]


def told(changes: Sequence[Change], facts: Facts) -> Told:
    """Return the needles that the facts of a project give to some changes, the last of which are remembered."""
    if not _TOLD or _TOLD[-1][0] is not changes or _TOLD[-1][1] is not facts:
        _TOLD[:] = [(changes, facts, Told(changes, facts))]
    return _TOLD[-1][2]


_TOLD: list[tuple[Sequence[Change], Facts, Told]] = []
_COMPILED: dict[tuple[bool, tuple[str, ...]], Matcher] = {}
_LAST: dict[bool, tuple[Sequence[Change], Matcher]] = {}
