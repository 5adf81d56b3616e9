"""The changes of each Django release, read from the ``[[change]]`` tables of ``data/django/*.toml``."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Literal

import msgspec

from djup.errors import DjupError
from djup.facts.project import FACT_NAMES
from djup.model import Record, Release, Severity, parse_release

Kind = Literal[
    "import-move", "rename", "signature", "setting", "default", "template", "model-option", "behaviour", "command",
    "db", "python-version", "other",
]  # fmt: skip


class DataError(DjupError):
    """A file of djup's own knowledge does not follow its schema."""


class Keyword(Record):
    """A keyword argument that was renamed or taken away.

    ``call`` is the dotted name of the callable; one that starts with a dot is a method of any object. ``position`` is
    where the argument may stand without its keyword (-1: never). Without ``new`` the argument goes. With
    ``values``, only where it is given as one of these (Python source, as written).
    """

    call: str
    old: str
    new: str = ""
    position: int = -1
    values: tuple[str, ...] = ()


class Positional(Record):
    """Arguments that must be given by keyword now: all from the place ``keep`` on (0: all), by their ``names``.

    ``first`` are the kinds of the first one by which old calls are told, where later releases take others by place.
    """

    call: str
    names: tuple[str, ...]
    keep: int = 0
    first: tuple[Literal["list", "tuple"], ...] = ()


class Method(Record):
    """A method or attribute known by its name alone, whatever object it belongs to; ``new`` is its new name.

    ``on`` narrows it to one receiver by its spelling (``"self"``, ``"request"``), ``receivers`` to those that end in
    one of these names, alone or after an underscore (``"user"``: ``request.user``, ``new_user``), ``of`` to objects
    that the same scope makes by calling one of these dotted names; ``override`` also takes methods of that name defined
    in a class, ``bases`` only in classes with one of these bases (dotted, or the last part of a name), which also holds
    for uses through ``self``, ``cls`` and ``super()``. ``beside`` are modules one of which the file must import from.
    """

    old: str
    new: str = ""
    on: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    override: bool = False
    bases: tuple[str, ...] = ()
    uses: bool = True
    receivers: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


class Option(Record):
    """An assignment in the body of a class: ``new`` is its new name; with ``drop`` it goes.

    Only in classes with one of the ``bases`` (dotted, or the last part of a name), and of the name ``inside``. With
    ``values``, only where it has one of these (Python source, as written).
    """

    old: str
    new: str = ""
    drop: bool = False
    bases: tuple[str, ...] = ()
    inside: str = ""
    values: tuple[str, ...] = ()


class Override(Record):
    """A parameter that Django passes, or no longer passes, to a method that projects override.

    ``given`` are the names of the old form's parameters, ``bases`` those of the classes (as with :class:`Method`).
    ``add`` is the new parameter as source (``"created=True"``; ``{dotted.name}`` in it is imported), put at the place
    ``at`` (-1: last); ``drop`` the parameter that goes where the method does not use it. Calls of the overridden method
    through ``super()`` follow, ``by_keyword`` with the parameter's name.
    """

    method: str
    given: tuple[str, ...]
    bases: tuple[str, ...]
    add: str = ""
    at: int = -1
    drop: str = ""
    by_keyword: bool = False

    @property
    def parameter(self) -> str:
        """The name of the parameter that comes or goes."""
        return self.drop or self.add.removeprefix("*, ").partition("=")[0]


class Setting(Record):
    """A setting that was renamed (``new``) or dropped; with ``value``, only where it has that value, as written."""

    name: str
    new: str = ""
    values: tuple[str, ...] = ()


class Pin(Record):
    """A default that changed: ``name`` is set to ``value`` (Python source) so that the project keeps what it had.

    ``near`` are settings next to which it stands best; ``unless`` are settings that make it needless.
    ``requires`` are texts the settings must hold for the pin to matter.
    """

    name: str
    value: str
    comment: str
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()


class Templates(Record):
    """What changed in the template language: libraries, tags, filters; the new name, or "" where there is none.

    ``lookups`` are parts of variables: ``opts.module_name`` also stands for that of ``cl.opts.module_name``.
    """

    libraries: Mapping[str, str] = {}
    tags: Mapping[str, str] = {}
    filters: Mapping[str, str] = {}
    lookups: Mapping[str, str] = {}


class Seen(Record):
    """How a change shows where no data of a rewriting tells it: names in source, strings, options, texts at run time.

    ``names`` are dotted names; ``calls`` dotted names where only a call counts; ``strings`` whole string literals;
    ``options`` assignments in a class body; ``variables`` assignments of a module; ``arguments`` arguments of calls.
    ``words`` are bytes that a file must hold for a fixer to look at it, where none of the others says so; of several
    with spaces between it must hold the first as a word and the others anywhere; a first one that is a dotted name must
    be within reach of its imports. ``fragments`` may stand within a word.
    ``shape`` are regular expressions that the bytes of a file must all match, for words that many files hold: they may
    let too much through, never too little. ``edits`` are regular expressions that must all match for the change to
    rewrite a file, where finding a place asks for less. ``facts`` name what a project must have for a change to
    matter, by their dotted names in Facts (``urls.error_views``); ``unless`` are settings that take it away where a
    project gives them; ``told`` are texts to look for, by the fact whose names stand in them for ``{}``. ``drift`` are
    the beginnings of what makemigrations calls the migration it asks for. ``warning`` and ``failure`` are parts of
    texts at run time.
    """

    names: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    strings: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    arguments: tuple[Keyword, ...] = ()
    words: tuple[str, ...] = ()
    fragments: tuple[str, ...] = ()
    shape: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    told: Mapping[str, tuple[str, ...]] = {}
    template_words: tuple[str, ...] = ()
    drift: tuple[str, ...] = ()
    warning: str = ""
    failure: str = ""


class Example(Record):
    """A file before and after the change's fixer; ``unchanged`` is one that it must leave alone.

    ``path`` is where the file lies, ``files`` are others of the project. ``finding`` tells that a place is left to a
    person: in an unchanged file, or after the rewriting.
    """

    before: str = ""
    after: str = ""
    unchanged: str = ""
    path: str = "app/code.py"
    finding: bool = False
    files: Mapping[str, str] = {}


class Change(Record):
    """One documented change of a Django release.

    ``removed`` is the release from which the old form no longer works (for a default: the release with the new one);
    ``deprecated`` the one that began to warn. ``runs_from`` is the first release that takes the new form.
    ``subject`` is the subject of the commit that carries it out, where the summary would not do. ``fix`` names a fixer
    function where data alone does not say it, ``find`` one that only reports; ``advice`` is what a person should do
    where there is no fixer, ``why_not`` why there is none or why nothing can be searched for. ``where`` are the kinds
    of file it is looked for in. ``commands`` are management commands with their new names ("" where there is none),
    ``strings`` whole string literals and quoted words of template tags that became others. ``undone`` is the release
    that takes back or outdoes what the change asks for: on the way to it or past it, this one is silent. ``rows`` are
    the items of ``data/documented_changes.csv`` it covers, each as ``RELEASE ITEM``.
    """

    id: str
    summary: str
    kind: Kind
    removed: str
    notes: str
    rows: tuple[str, ...] = ()
    subject: str = ""
    severity: Severity = "must"
    deprecated: str = ""
    undone: str = ""
    runs_from: str = "1.4"
    safety: Literal["safe", "review"] = "safe"
    confidence: Literal["certain", "likely", "possible"] = "certain"
    fix: str = ""
    find: str = ""
    advice: str = ""
    why_not: str = ""
    where: tuple[Literal["python", "settings", "template", "migration"], ...] = ("python",)
    moved: Mapping[str, str] = {}
    moved_strings: bool = False
    keywords: tuple[Keyword, ...] = ()
    positional: tuple[Positional, ...] = ()
    methods: tuple[Method, ...] = ()
    options: tuple[Option, ...] = ()
    settings: tuple[Setting, ...] = ()
    commands: Mapping[str, str] = {}
    overrides: tuple[Override, ...] = ()
    strings: Mapping[str, str] = {}
    pin: Pin | None = None
    templates: Templates = Templates()
    seen: Seen = Seen()
    examples: tuple[Example, ...] = msgspec.field(name="example", default=())

    def __post_init__(self) -> None:
        """Check what types alone do not say."""
        for name in (*self.seen.facts, *self.seen.told):
            if name not in FACT_NAMES:
                raise ValueError(f"seen names the fact '{name}'; facts are {', '.join(sorted(FACT_NAMES))}")
        if "/" not in self.id or " " in self.id:
            raise ValueError(f"id '{self.id}' is not RELEASE/NAME")
        for old in self.moved:
            if "." not in old or not self.moved[old].replace(".", "").replace(":", "").isidentifier():
                raise ValueError(f"'{old}' of moved is not a dotted name that moved to another")
        if not self.fixable and not (self.advice or self.why_not):
            raise ValueError("a change without a fixer needs advice or why_not")
        if not self.detectable and not self.why_not:
            raise ValueError("a change that nothing can find needs why_not")

    @property
    def fixable(self) -> bool:
        """Whether djup can rewrite what this change is about."""
        by_data = any(one.new for one in self.methods) or any(self.templates.libraries.values())
        by_data = by_data or any(self.templates.tags.values()) or any(self.templates.filters.values())
        by_data = by_data or any(self.templates.lookups.values())
        by_data = by_data or bool(self.positional or self.seen.drift) or any(self.commands.values())
        by_data = by_data or any(one.new or one.drop for one in self.options)
        by_data = by_data or bool(self.overrides or self.strings)
        return bool(by_data or self.fix or self.moved or self.keywords or self.settings or self.pin)

    @property
    def detectable(self) -> bool:
        """Whether the files of a project tell that this change applies to it."""
        seen = self.seen
        by_name = seen.names or seen.calls or seen.strings or seen.options or seen.variables or seen.template_words
        by_kind = self.methods or self.options or self.commands or seen.arguments
        in_template = (
            self.templates.libraries or self.templates.tags or self.templates.filters or self.templates.lookups
        )
        return bool(self.fixable or self.find or by_name or by_kind or in_template or seen.drift)

    @property
    def release(self) -> Release:
        """The release in which it takes effect."""
        return parse_release(self.removed)

    @property
    def is_lived_with(self) -> bool:
        """Whether a project that is past the release has settled with it, whatever its source looks like.

        So it has with methods that are known by name alone: one of that name is its own by then.
        """
        return (
            bool(self.methods) or self.pin is not None or self.kind in {"default", "behaviour", "db", "python-version"}
        )

    @property
    def known_since(self) -> Release:
        """The release that first spoke of it: deprecated it, or changed it without warning."""
        return parse_release(self.deprecated or self.removed)

    @property
    def possible_from(self) -> Release:
        """The first release that runs the new form."""
        return parse_release(self.runs_from)


class _File(msgspec.Struct):
    """The part of a file of ``data/django`` that tells changes."""

    change: list[Change] = []


def read_changes(text: str, path: str) -> tuple[Change, ...]:
    """Read the changes in the text of one file; raises DataError with the file and the key that does not fit."""
    try:
        found = msgspec.convert(tomllib.loads(text), type=_File).change
    except (msgspec.ValidationError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{error}", hint="See djup.knowledge.changes.Change for its keys.", path=path) from error
    return tuple(found)


@functools.cache
def all_changes() -> tuple[Change, ...]:
    """Every change djup knows, oldest release first; raises DataError on a bad file or an id used twice."""
    found: list[Change] = []
    for entry in sorted((files("djup") / "data" / "django").iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".toml"):
            found += read_changes(entry.read_text(encoding="utf-8"), entry.name)
    seen: set[str] = set()
    for change in found:
        if change.id in seen:
            raise DataError(f"the change '{change.id}' is there twice.")
        seen.add(change.id)
    return tuple(sorted(found, key=lambda one: one.release))


def change(name: str) -> Change:
    """Return a change by its id; raises DataError where there is none of that name."""
    for one in all_changes():
        if one.id == name:
            return one
    raise DataError(f"there is no change '{name}'.", hint="`djup explain` lists them.")


def changes_crossed(start: Release, end: Release) -> tuple[Change, ...]:
    """The changes that take effect after one release, up to and with another."""
    return tuple(one for one in all_changes() if start < one.release <= end)


def applicable(
    changes: Sequence[Change] | None = None, *, at: Release, target: Release, since: Release | None = None
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Split changes (all, unless given) into those whose new form runs already at ``at``, and those that need more.

    Left out is what nobody has deprecated or changed by ``target`` yet, what ``target`` does not run, and what
    was taken back by then; also the defaults, behaviour and requirements that changed in ``since`` (``at``, unless
    given: the release the project comes from) or before, which the project lives with already.
    """
    lived = at if since is None else since
    wanted = [
        one
        for one in (all_changes() if changes is None else changes)
        if one.known_since <= target
        and one.possible_from <= target
        and not (one.undone and parse_release(one.undone) <= target)
        and not (one.is_lived_with and one.release <= lived)
    ]
    early = tuple(one for one in wanted if one.possible_from <= at)
    return early, tuple(one for one in wanted if one.possible_from > at)
