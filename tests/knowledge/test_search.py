"""Methods, options and arguments are found where their objects, bases and values fit."""

from __future__ import annotations

from pathlib import PurePosixPath

from djup.facts.project import Facts
from djup.knowledge.changes import Change, Keyword, Method, Option, Seen
from djup.knowledge.search import search_python
from djup.source.python import Module

PATH = PurePosixPath("shop/code.py")


def change(*, method: Method | None = None, option: Option | None = None, seen: Seen | None = None) -> Change:
    return Change(
        id="2.0/x",
        summary="x",
        kind="rename",
        removed="2.0",
        notes="https://x",
        advice="x",
        why_not="x",
        methods=(method,) if method else (),
        options=(option,) if option else (),
        seen=seen or Seen(),
    )


def lines(one: Change, text: str) -> list[int]:
    places = search_python(one, Module(text.encode(), PATH), Facts())
    return [text.count("\n", 0, place) + 1 for place in places]


def test_a_method_is_narrowed_to_what_its_object_is_called() -> None:
    text = "user.check()\nrequest.user.check()\nnew_user.check()\nuserlist.check()\nother.check()\n"
    assert lines(change(method=Method(old="check", receivers=("user",))), text) == [1, 2, 3]


def test_a_method_on_self_is_narrowed_to_classes_with_a_base() -> None:
    text = (
        "class A(Widget):\n    def a(self):\n        self.check()\n        super(A, self).check()\n"
        "class B(Page):\n    def a(self):\n        self.check()\n        super().check()\n"
    )
    assert lines(change(method=Method(old="check", bases=("Widget",), receivers=("widget",))), text) == [3, 4]


def test_a_method_is_narrowed_to_files_that_import_a_module() -> None:
    one = change(method=Method(old="check", beside=("django.contrib.gis",)))
    assert lines(one, "from django.contrib.gis.geos import Point\nx.check()\n") == [2]
    assert lines(one, "from shapely import Point\nx.check()\n") == []


def test_an_option_is_narrowed_to_bases_names_and_values_of_classes() -> None:
    text = "class Meta:\n    a = True\nclass Other:\n    a = True\nclass Meta(Base):\n    a = False\na = True\n"
    assert lines(change(option=Option(old="a", inside="Meta")), text) == [2, 6]
    assert lines(change(option=Option(old="a", bases=("Base",))), text) == [6]
    assert lines(change(option=Option(old="a", values=("True",))), text) == [2, 4]


def test_an_argument_shows_a_change_that_nothing_rewrites() -> None:
    one = change(seen=Seen(arguments=(Keyword(call=".render", old="dirs"),)))
    assert lines(one, "x.render(dirs=[])\nx.render(a=dirs)\nx.find(dirs=[])\n") == [1]
