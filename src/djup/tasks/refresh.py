"""Asking the package index and git remotes which versions of a product there are, and bringing its page up to date."""

from __future__ import annotations

import datetime as dt
import io
import re
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from djup.errors import DjupError
from djup.git import Git
from djup.lifecycle.models import Product
from djup.lifecycle.pages import Page, read_file
from djup.lifecycle.refresh import Refreshed, Seen, apply, plan_refresh, versions_of_tags
from djup.model import Record
from djup.packages.index import Index
from djup.source.files import write_whole

Note = Callable[[str], None]

CLONE_SECONDS = 900.0
NOTES = "release notes"
DATE = r"^\*(?P<date>[A-Z][a-z]+ \d{1,2}, \d{4})\*\s*$"
"""How release notes write their day where a page does not say otherwise: ``*April 7, 2026*`` on a line of its own."""
LARGEST_NOTE = 1_000_000


class Refresh(Record):
    """A page, what it needs, and its text with that done."""

    path: str
    refreshed: Refreshed
    before: str
    after: str

    @property
    def stale(self) -> bool:
        """Whether anything is to be done, by djup or by a person."""
        return self.before != self.after or bool(self.refreshed.proposals)


def page_files(paths: Iterable[Path]) -> list[Path]:
    """The pages that paths name: files, and the ``*.md`` of folders."""
    return [file for path in paths for file in (sorted(path.glob("*.md")) if path.is_dir() else [path])]


def write_page(file: Path, text: str) -> None:
    """Write a page, whole or not at all, with the mode it had."""
    mode = file.stat().st_mode
    write_whole(file, text.encode())
    file.chmod(mode)


def refresh_file(path: Path, index: Index, *, git: bool, note: Note) -> Refresh | None:
    """Hold a page against its sources; None for one that cannot be read or names no source djup asks.

    ``git`` allows the git remotes that the page names to be asked. Raises IndexUnreachableError.
    """
    page: Page = read_file(path)
    if page.product is None:
        note(f"{path}: not readable; djup lifecycle validate tells why")
        return None
    asked = [one for method in _ordered(page.product) for one in _ask(method, index, git=git, note=note)]
    published = {one.version for one in asked if one.source != NOTES}
    seen = [one for one in asked if one.version in published]
    if not seen:
        note(f"{path}: nothing to ask")
        return None
    before = path.read_text(encoding="utf-8")
    refreshed = plan_refresh(page.product, seen)
    return Refresh(path=str(path), refreshed=refreshed, before=before, after=apply(before, refreshed.updates))


def _ordered(product: Product) -> list[Mapping[str, object]]:
    """The methods of a page, those first whose dates are best: what it declares, release notes, the index, git."""
    if product.auto.disabled:
        return []
    rank = {"declare": 0, "release_notes": 1, "pypi": 2, "git": 3}
    known = [method for method in product.auto.methods if next(iter(method), "") in rank]
    return sorted(known, key=lambda method: rank[next(iter(method))])


def _ask(method: Mapping[str, object], index: Index, *, git: bool, note: Note) -> Iterator[Seen]:
    kind = next(iter(method))
    if kind == "declare":
        yield from _declared(method)
    elif kind == "release_notes":
        yield from notes_of(index, str(method["release_notes"]), method)
    elif kind == "pypi":
        yield from of_index(index, str(method["pypi"]))
    elif git:
        try:
            yield from versions_of_tags(tags_of(str(method["git"])), method)
        except DjupError as error:
            note(str(error))


def of_index(index: Index, name: str) -> Iterator[Seen]:
    """The versions of a package: dated by their first file, withdrawn where no file is left that was not."""
    page = index.page(name)
    for version in sorted({file.version for file in page.files}):
        left = any(not file.yanked for file in page.files if file.version == version)
        yield Seen(version=version, day=page.uploaded(version), source="package index", withdrawn=not left)


def notes_of(index: Index, name: str, method: Mapping[str, object]) -> Iterator[Seen]:
    """The days in the release notes of a package's newest sdist: ``path`` names their files, ``regex`` the day.

    ``path`` has ``__VERSION__`` where the version stands, below the folder of the sdist.
    """
    page = index.page(name)
    newest = page.newest()
    file = next((one for one in page.files if one.version == newest and not one.wheel and not one.yanked), None)
    if file is None:
        return
    before, _, after = str(method.get("path") or "docs/releases/__VERSION__.txt").partition("__VERSION__")
    wanted = re.compile(rf"[^/]+/{re.escape(before)}(?P<version>\d[\w.]*){re.escape(after)}")
    day = re.compile(str(method.get("regex") or DATE), re.MULTILINE)
    with tarfile.open(fileobj=io.BytesIO(index.content(file))) as archive:
        for member in archive:
            match = wanted.fullmatch(member.name)
            note = archive.extractfile(member) if match and member.isfile() and member.size < LARGEST_NOTE else None
            found = day.search(note.read().decode("utf-8", "replace")) if note else None
            if match and found:
                told = dt.datetime.strptime(found["date"], "%B %d, %Y").replace(tzinfo=dt.UTC).date()
                yield Seen(version=match["version"], day=told, source=NOTES)


def tags_of(remote: str) -> list[tuple[str, dt.date | None]]:
    """The tags of a git remote with the day each was made; raises DjupError with git's own words."""
    with tempfile.TemporaryDirectory(prefix="djup-tags-") as folder:
        git = Git(Path(folder))
        words = ["clone", "--bare", "--quiet", "--filter=tree:0", "--", remote, folder]
        shape = "%(refname:strip=2)%09%(creatordate:short)"
        own = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh"}
        for asked in (words, ["--git-dir", folder, "for-each-ref", f"--format={shape}", "refs/tags"]):
            ran = git.run(*asked, env=own, timeout=CLONE_SECONDS)
            if not ran.ok:
                said = " ".join((ran.errors or ran.output).split()[-30:])
                raise DjupError(f"the tags of {remote} could not be read: {said}", hint="Check the address.")
    pairs = (line.partition("\t") for line in ran.output.splitlines())
    return [(tag, dt.date.fromisoformat(day) if day else None) for tag, _, day in pairs]


def _declared(method: Mapping[str, object]) -> Iterator[Seen]:
    """The versions that a page itself declares with their day, as release notes give it."""
    rows = method.get("releases")
    for row in rows if isinstance(rows, list | tuple) else []:
        if isinstance(row, Mapping) and isinstance(row.get("name"), str):
            try:
                day = dt.date.fromisoformat(str(row.get("date", "")))
            except ValueError:
                day = None
            yield Seen(version=row["name"], day=day, source="the page")
