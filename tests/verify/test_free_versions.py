"""The first version of a package that is free of what a change removes: found in its sources, never guessed."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import PurePosixPath

import pytest

from djup.knowledge.changes import change
from djup.packages.pages import IndexFile, IndexPage
from djup.verify.free_versions import FreeVersions, source_files

OLD = b"from django.utils.encoding import force_text\n\n\ndef name(value):\n    return force_text(value)\n"
NEW = OLD.replace(b"force_text", b"force_str")


def wheel(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/") + ".py", data)
    return made.getvalue()


class Shelf:
    """An index of one package, by version; counts what is fetched."""

    def __init__(self, **versions: bytes) -> None:
        self.versions = {name.removeprefix("v").replace("_", "."): data for name, data in versions.items()}
        self.fetched: list[str] = []

    def page(self, name: str) -> IndexPage:
        files = [IndexFile(version=one, url=one, wheel=True, requires_python=">=3.6") for one in self.versions]
        return IndexPage(name=name, files=tuple(files))

    def content(self, file: IndexFile) -> bytes:
        self.fetched.append(file.version)
        return self.versions[file.version]


def first(shelf: Shelf, now: str = "1.0", python: str = "3.8") -> str:
    free = FreeVersions(shelf, python).first_free("straight", now, change("4.0/force-text"))
    return free.version if free else ""


def test_the_first_version_without_it_is_told():
    shelf = Shelf(v1_0=wheel(a=OLD), v1_1=wheel(a=OLD), v1_2=wheel(a=NEW), v1_3=wheel(a=NEW))
    assert first(shelf) == "1.2"
    assert first(shelf, now="1.1") == "1.2"


def test_versions_are_halved_and_fetched_once():
    versions = {f"v1_{n}": wheel(a=OLD if n < 20 else NEW) for n in range(40)}
    shelf = Shelf(**versions)
    assert first(shelf) == "1.20"
    assert len(shelf.fetched) == len(set(shelf.fetched)) < 10


def test_nothing_is_told_where_the_newest_does_it_still():
    assert first(Shelf(v1_0=wheel(a=OLD), v1_1=wheel(a=OLD))) == ""


def test_nothing_is_told_where_the_search_does_not_find_it_now():
    assert first(Shelf(v1_0=wheel(a=NEW), v1_1=wheel(a=NEW))) == ""


def test_nothing_is_told_where_there_is_no_later_one_for_this_python():
    assert first(Shelf(v1_0=wheel(a=OLD))) == ""
    assert first(Shelf(v1_0=wheel(a=OLD), v1_1=wheel(a=NEW)), python="3.5") == ""


def test_what_only_the_tests_of_a_package_do_does_not_count():
    assert first(Shelf(v1_0=wheel(a=OLD), v1_1=wheel(a=NEW, tests__a=OLD))) == "1.1"


@pytest.mark.parametrize("kind", ["w:gz", "w:bz2"])
def test_an_sdist_is_read_too(kind: str):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=kind) as archive:  # type: ignore[call-overload]  # the mode is a parameter
        member = tarfile.TarInfo("straight-1.0/straight/a.py")
        member.size = len(OLD)
        archive.addfile(member, io.BytesIO(OLD))
    assert dict(source_files(made.getvalue())) == {PurePosixPath("straight-1.0/straight/a.py"): OLD}
