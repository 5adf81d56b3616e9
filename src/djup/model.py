"""The frozen records that pass between stages, and how they are written to and read from JSON.

Words are those of the glossary (docs/glossary.md). A release is a tuple of integers, ``(4, 2)`` or ``(2028,)``; a
version is a :class:`packaging.version.Version`. A path is relative to the project's root unless its name says
otherwise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Generic, Literal, TypeVar, dataclass_transform

import msgspec
from packaging.version import InvalidVersion, Version

from djup.errors import UsageError

T = TypeVar("T")

Release = tuple[int, ...]
"""A feature release series of Django or Python: ``(4, 2)``, ``(3, 12)``, ``(2028,)``."""


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every record of this module is: frozen, named fields, comparable, encodable."""


def parse_release(text: str) -> Release:
    """Return the release that a text names: ``"4.2"``, ``"4.2.7"`` and ``"4.2.*"`` give ``(4, 2)``.

    ``"2028.1"`` gives ``(2028,)``.
    """
    try:
        version = Version(text.removesuffix(".*"))
    except InvalidVersion as error:
        raise UsageError(f"'{text}' is not a release.", hint="Write it as 4.2 or 2028.") from error
    return release_of(version)


def release_of(version: Version) -> Release:
    """Return the feature release a version belongs to; calendar versions (2028 on) have one part, all others two."""
    calendar = 2000
    return (version.major,) if version.major >= calendar else (version.major, version.minor)


def release_text(release: Release) -> str:
    """Return a release as people write it: ``(4, 2)`` is ``"4.2"``."""
    return ".".join(map(str, release))


class Place(Record):
    """A place in a file; line and column count from 1, 0 means the file as a whole."""

    path: PurePosixPath
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([str(self.path), *(str(n) for n in (self.line, self.column) if n)])


class Known(Record, Generic[T]):
    """A value read from the project together with its provenance; ``certain`` is False for a guess."""

    value: T
    why: str
    place: Place | None = None
    certain: bool = True


# --- READ -----------------------------------------------------------------------------------------------------------


class Vcs(Record):
    """The git state of a checkout. ``top`` and ``common_dir`` are absolute.

    ``dirty`` holds the changed and untracked paths.
    """

    top: Path
    common_dir: Path
    head: str
    branch: str | None
    dirty: tuple[str, ...]
    last_commit: dt.date | None


class Requirement(Record):
    """One declared dependency and where it stands.

    ``name`` is normalised (PEP 503); ``specifier`` is the text of the version part as written (``"==2.2.5"``, ``""``);
    ``written`` is the version part as written where the file has a syntax of its own (Poetry's ``"^2.2"``), and
    ``specifier`` its meaning. ``line_text`` is the whole declaration as written. ``group`` is ``""`` for what the
    project always needs, else the extra, the dependency group or the role of the file (``"test"``, ``"dev"``).
    """

    name: str
    specifier: str
    place: Place
    line_text: str
    extras: tuple[str, ...] = ()
    marker: str = ""
    url: str = ""
    editable: bool = False
    hashes: tuple[str, ...] = ()
    group: str = ""
    written: str = ""

    @property
    def pinned(self) -> Version | None:
        """The one version an ``==`` or ``===`` specifier allows, else None."""
        text = self.specifier.strip()
        if not text.startswith("==") or "," in text or text.endswith("*"):
            return None
        try:
            return Version(text.lstrip("=").strip())
        except InvalidVersion:
            return None


class ManifestFile(Record):
    """A file that declares dependencies. ``format`` is a key of :data:`djup.project.manifests.FORMATS`.

    ``role`` is ``"main"``, ``"test"``, ``"dev"``, ``"docs"``, ``"constraints"`` or ``"lock"``;
    ``includes`` are its ``-r``/``-c`` files.
    """

    path: PurePosixPath
    format: str
    role: str
    requirements: tuple[Requirement, ...]
    includes: tuple[PurePosixPath, ...] = ()
    options: tuple[str, ...] = ()


class App(Record):
    """A Django application inside the project: its import name and its folder, with what it holds."""

    name: str
    path: PurePosixPath
    models: int = 0
    migrations: int = 0
    tests: bool = False


class Database(Record):
    """One entry of DATABASES, read statically: ``vendor`` is sqlite, postgresql, mysql, oracle or unknown."""

    alias: str
    engine: str
    vendor: str
    host: str = ""
    place: Place | None = None


class Server(Record):
    """A database server that the project starts. ``product`` is postgresql, mysql, mariadb or oracle-database."""

    product: str
    version: Known[str]


class TestCommand(Record):
    """How the project runs its tests.

    ``runner`` is ``manage`` (Django's test command), ``pytest`` or ``script`` (runtests.py and the like); ``argv``
    are the arguments without the interpreter: ``("manage.py", "test")``, ``("-m", "pytest")``, ``("runtests.py",)``.
    ``directory`` is where it runs, ``needs`` the packages that its own options need.
    """

    __test__ = False

    runner: Literal["manage", "pytest", "script"]
    argv: tuple[str, ...]
    directory: PurePosixPath = PurePosixPath()
    environment: Mapping[str, str] = {}
    needs: tuple[str, ...] = ()


class Project(Record):
    """What a checkout is, read without importing any of it.

    ``root`` is absolute. ``django`` holds the exact version where a pin or lock says so, else the newest patch known to
    satisfy the range or the release a comment names. ``python`` is the release the project says it runs on, or None
    when nothing says so.
    ``manifests`` are what people write, ``locked`` what a locker made of them. ``packages`` tells whether the root
    itself is an installable distribution. ``pythonpath`` are folders the tests need on sys.path.
    """

    root: Path
    name: str
    vcs: Vcs | None
    manage: PurePosixPath | None
    other_manage: tuple[PurePosixPath, ...]
    settings: Known[str] | None
    settings_files: tuple[PurePosixPath, ...]
    django: Known[str] | None
    django_range: str
    python: Known[Release] | None
    python_range: str
    manifests: tuple[ManifestFile, ...]
    locks: tuple[PurePosixPath, ...]
    tests: Known[TestCommand] | None
    apps: tuple[App, ...]
    templates: int
    databases: tuple[Database, ...]
    distribution: str | None
    pythonpath: tuple[PurePosixPath, ...]
    required_env: tuple[Known[str], ...]
    notes: tuple[str, ...] = ()
    locked: tuple[ManifestFile, ...] = ()
    servers: tuple[Server, ...] = ()


# --- KNOW -----------------------------------------------------------------------------------------------------------

Severity = Literal["must", "should", "may"]


class Finding(Record):
    """A place in the project where a change applies.

    ``source`` is how it was found: ``search`` (in the text), ``warning`` (at run time), ``failure`` (a test or
    check), ``plan``.
    ``fixable`` says that djup has a fixer that takes it; ``hint`` is what a person should do where it has none.
    """

    change: str
    summary: str
    severity: Severity
    place: Place | None
    source: Literal["search", "warning", "failure", "plan"] = "search"
    confidence: Literal["certain", "likely", "possible"] = "certain"
    fixable: bool = False
    hint: str = ""
    link: str = ""


class SupportedPython(Record):
    """A Python release that a Django release supports, and the patch that added it (None: from the first)."""

    python: Release
    added_in: str | None = None


# --- PLAN -----------------------------------------------------------------------------------------------------------


class Stop(Record):
    """A point on the way: an exact Django version on a Python release."""

    django: str
    python: Release

    @property
    def release(self) -> Release:
        """The Django feature release of this stop."""
        return release_of(Version(self.django))

    def __str__(self) -> str:
        return f"Django {self.django} on Python {release_text(self.python)}"


class Hop(Record):
    """One transaction from a stop to the next. ``crossed`` are the Django releases whose changes apply, oldest first.

    ``kind``: ``patch`` (same release, newest patch), ``python`` (same Django, newer Python), ``feature`` (next
    release), ``packages`` (same Django and Python, newer packages).
    """

    number: int
    kind: Literal["patch", "python", "feature", "packages"]
    start: Stop
    end: Stop
    why: str
    crossed: tuple[Release, ...] = ()
    supported_until: str = ""


class UpgradePath(Record):
    """The whole plan: where the project stands, the hops, and what a person should know about them."""

    start: Stop
    target: Stop
    hops: tuple[Hop, ...]
    notes: tuple[str, ...] = ()


# --- RUN ------------------------------------------------------------------------------------------------------------


class Outcome(Record):
    """The result of one test, by id.

    One that fails and passes by turns counts as passed: ``nature`` tells that it is ``flaky`` (by chance or time), or
    ``order-dependent`` (it fails after the tests before it, and passes alone).
    """

    id: str
    status: Literal["passed", "failed", "error", "skipped", "xfailed", "xpassed"]
    seconds: float = 0.0
    message: str = ""
    nature: Literal["", "flaky", "order-dependent"] = ""


class WarningSeen(Record):
    """A Python warning raised at run time. ``owner`` is ``own``, ``django``, ``python`` or the name of a distribution.

    ``path`` is relative to the project for own code, else as reported; ``symbol`` the dotted name of the code there
    (``template`` for a template). ``issuer`` is whose code warned, as with ``owner``.
    """

    category: str
    text: str
    path: str
    line: int
    count: int
    owner: str
    symbol: str = ""
    issuer: str = ""


class Trouble(Record):
    """Something a check or sweep found.

    What (a module, a template, a check id), the message, and its traceback's owner.
    """

    subject: str
    message: str
    owner: str = ""
    trace: str = ""


class TestRun(Record):
    """What a run of the tests gave. ``finished`` is False when the runner died before its end.

    ``log`` is an absolute path, ``tail`` the end of its text where the runner died.
    """

    __test__ = False

    outcomes: tuple[Outcome, ...]
    warnings: tuple[WarningSeen, ...]
    seconds: float
    returncode: int
    finished: bool
    log: str
    reason: str = ""
    tail: str = ""


class Checked(Record):
    """What a check or a sweep gave: the subjects that are well and those in trouble.

    ``reason`` says why it could not run.
    """

    name: str
    ran: bool
    well: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    warnings: tuple[WarningSeen, ...] = ()
    seconds: float = 0.0
    log: str = ""
    reason: str = ""


class PackageMove(Record, rename={"start": "from", "end": "to"}):
    """A third-party package that changes version in a hop; ``start`` or ``end`` is None for one that comes or goes."""

    name: str
    start: str | None
    end: str | None
    why: str


class PackageKept(Record):
    """A package that stays at a ``version`` although the ``newest`` is another one (or nobody keeps it up), and why."""

    name: str
    version: str
    newest: str
    why: str


class Commit(Record):
    """A commit djup made: its hash, subject, and the change it carries out (``""`` for others)."""

    hash: str
    subject: str
    change: str = ""
    edits: int = 0


class StepResult(Record):
    """What a step left behind. ``head`` is the commit of the branch when the step was over.

    ``order`` counts the steps of a run as they end; ``waited`` are the seconds the project's own programs took.
    """

    hop: int
    step: str
    status: Literal["done", "skipped", "blocked"]
    seconds: float
    head: str
    commits: tuple[Commit, ...] = ()
    message: str = ""
    waited: float = 0.0
    order: int = 0


class HopResult(Record):
    """A hop and how it went; ``green`` is False for the hop that stopped the run."""

    hop: Hop
    green: bool
    steps: tuple[StepResult, ...]
    packages: tuple[PackageMove, ...] = ()
    reason: str = ""
    hint: str = ""
    kept: tuple[PackageKept, ...] = ()


# --- JSON -----------------------------------------------------------------------------------------------------------


def _encode(value: Any) -> Any:
    if isinstance(value, Version | PurePosixPath | Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _decode(kind: type, value: Any) -> Any:
    if kind in (Version, Path, PurePosixPath):
        return kind(value)
    raise TypeError(f"{kind.__name__} cannot be read from JSON")


def to_json(record: Any) -> bytes:
    """Encode a record (or a container of records) as JSON."""
    return msgspec.json.encode(record, enc_hook=_encode)


def to_builtins(record: Any) -> Any:
    """Return a record as plain dicts, lists, strings and numbers."""
    return msgspec.to_builtins(record, enc_hook=_encode)


def from_json(data: bytes, kind: type[T]) -> T:
    """Decode JSON into a record of the kind; raises msgspec.ValidationError naming the key that does not fit."""
    return msgspec.json.decode(data, type=kind, dec_hook=_decode)
