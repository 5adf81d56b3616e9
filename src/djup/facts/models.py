"""What models declare: the kinds of their fields, their relations with many objects, and a user's profile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from djup.facts.files import is_migration
from djup.model import Record

_FIELD = re.compile(rb"=[ \t]*models\.(\w+)\(")
_NAMED = re.compile(rb"[ \t]+(\w+)[ \t]*")
_RELATIONS = frozenset({"ForeignKey", "OneToOneField", "ManyToManyField"})
_RELATION = re.compile(
    rb"^class[ \t]+(\w+)[ \t]*[(:]|^[ \t]+(\w+)[ \t]*=[ \t]*(?:\w+\.)*(?:Parental)?ManyToManyField\(", re.MULTILINE
)
_CONTRIB_RELATIONS = {"User": frozenset({"groups", "user_permissions"}), "Group": frozenset({"permissions"})}
_PROFILE = re.compile(rb"""^AUTH_PROFILE_MODULE\s*=\s*['"]\w+\.(\w+)['"]""", re.MULTILINE)
_CLASS = re.compile(rb"^class[ \t]+(\w+)", re.MULTILINE)
_USER_RELATION = re.compile(
    rb"""\bOneToOneField\(\s*((?:['"](?:auth\.)?User['"]|(?:\w+\.)*(?:User|AUTH_USER_MODEL)\b)[^\n]*)"""
)
_UNIQUE_KEY = re.compile(
    rb"""\bForeignKey\(\s*((?:['"](?:auth\.)?User['"]|(?:\w+\.)*(?:User|AUTH_USER_MODEL)\b)[^\n]*\bunique\s*=\s*True[^\n]*)"""
)
_RELATED_NAME = re.compile(rb"""\brelated_name\s*=\s*['"](\w+)['"]""")


class ModelFacts(Record):
    """The fields of a project's models.

    ``field_kinds`` has the classes of the fields of each name, ``plain_fields`` the names that are given to fields that
    are no relation, and to none that is. ``many_to_many`` has, by model, its relations with many objects. ``profile``
    is the attribute by which a user has the profile that AUTH_PROFILE_MODULE names: of a one-to-one relation, or
    ``….get()`` of a unique one; empty where more than one way, or none, is known.
    """

    field_kinds: Mapping[str, frozenset[str]] = {}
    plain_fields: frozenset[str] = frozenset()
    many_to_many: Mapping[str, frozenset[str]] = {}
    profile: str = ""


class ModelReader:
    """Reads the fields of models."""

    def __init__(self) -> None:
        self._kinds: dict[str, set[str]] = {}
        self._relations: dict[str, frozenset[str]] = dict(_CONTRIB_RELATIONS)
        self._profiles: set[str] = set()
        self._accessors: dict[str, set[str]] = {}

    def read(self, path: PurePosixPath, body: bytes) -> None:
        """Look at a module."""
        if path.suffix != ".py":
            return
        if b"models." in body:
            self._read_kinds(body)
        if b"ManyToManyField(" in body and not is_migration(path):
            self._read_relations(body)
        if b"AUTH_PROFILE_MODULE" in body:
            self._profiles |= {match[1].decode() for match in _PROFILE.finditer(body)}
        if b"OneToOneField(" in body or b"unique=True" in body:
            for model, accessor in _one_to_one(body):
                self._accessors.setdefault(model, set()).add(accessor)

    def _read_kinds(self, body: bytes) -> None:
        for match in _FIELD.finditer(body):
            name = _NAMED.fullmatch(body, body.rfind(b"\n", 0, match.start()) + 1, match.start())
            if name is not None:
                self._kinds.setdefault(name[1].decode(), set()).add(match[1].decode())

    def _read_relations(self, body: bytes) -> None:
        model = ""
        for match in _RELATION.finditer(body):
            if match[1]:
                model = match[1].decode()
            elif model:
                self._relations[model] = self._relations.get(model, frozenset()) | {match[2].decode()}

    def result(self) -> ModelFacts:
        """What all models declare."""
        return ModelFacts(
            field_kinds={name: frozenset(kinds) for name, kinds in self._kinds.items()},
            plain_fields=frozenset(name for name, kinds in self._kinds.items() if kinds.isdisjoint(_RELATIONS)),
            many_to_many=self._relations,
            profile=self._profile(),
        )

    def _profile(self) -> str:
        found = {accessor for model in self._profiles for accessor in self._accessors.get(model, ())}
        return found.pop() if len(self._profiles) == len(found) == 1 else ""


def _one_to_one(body: bytes) -> Iterator[tuple[str, str]]:
    """The models of which a user has one at most, each with what leads from the user to it."""
    starts = [(match.start(), match[1].decode()) for match in _CLASS.finditer(body)]
    for pattern, unnamed, suffix in ((_USER_RELATION, "{}", ""), (_UNIQUE_KEY, "{}_set", ".get()")):
        for match in pattern.finditer(body):
            owners = [name for start, name in starts if start < match.start()]
            named = _RELATED_NAME.search(match[1])
            if owners:
                accessor = named[1].decode() if named else unnamed.format(owners[-1].lower())
                yield owners[-1], accessor + suffix
