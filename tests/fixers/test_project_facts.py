"""What fixers know of a project beyond the file they look at: routes, relations, settings that code reads."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from djup.facts.gather import facts_of
from djup.facts.index import Facts
from djup.knowledge.changes import Change, Keyword, Method, Option, Seen
from djup.knowledge.needles import matcher
from djup.knowledge.search import search_python
from djup.source.python import Module

PATH = PurePosixPath("shop/code.py")


def facts(**files: str) -> Facts:
    return facts_of((PurePosixPath(name.replace("__", "/")), text.encode()) for name, text in files.items())


def named(**files: str) -> Facts:
    return facts(**{f"{name}.py": text for name, text in files.items()})


@pytest.mark.parametrize(
    "text",
    [
        "reverse('shop.views.item')",
        "redirect(\n    u'shop.views.item', pk=1)",
        "LOGIN_URL = 'shop.views.item'",
        "@models.permalink\ndef a(self):\n    return ('shop.views.item', [1])",
    ],
)
def test_a_view_that_is_looked_up_by_its_path_is_known(text: str) -> None:
    assert "shop.views.item" in named(shop__code=text).reversed_paths


@pytest.mark.parametrize("text", ["{% url shop.views.item 1 %}", "{%url 'shop.views.item' %}"])
def test_a_template_may_look_up_a_view_too(text: str) -> None:
    assert facts(**{"shop__templates__a.html": text}).reversed_paths == {"shop.views.item"}


@pytest.mark.parametrize(
    "text", ["reverse('item')", "reverse('shop.item')", "load('shop.views.item')", "return (a.b.c)"]
)
def test_other_names_are_no_paths_of_views(text: str) -> None:
    assert named(shop__code=text).reversed_paths == frozenset()


def test_relations_with_many_objects_are_known_by_their_model() -> None:
    text = (
        "class Tag(models.Model):\n    name = models.TextField()\n\n\n"
        "class Item(models.Model):\n    tags = models.ManyToManyField(Tag)\n    places = ManyToManyField('Place')\n"
    )
    known = named(shop__models=text).many_to_many
    assert known["Item"] == {"tags", "places"}
    assert "Tag" not in known
    assert known["User"] == {"groups", "user_permissions"}


def test_a_relation_of_a_migration_or_a_form_is_none_of_a_model() -> None:
    text = "class Migration:\n    tags = models.ManyToManyField('Tag')\n"
    known = named(shop__migrations__0001_a=text, shop__forms="class F:\n    tags = MultipleChoiceField()\n")
    assert set(known.many_to_many) == {"User", "Group"}


def test_url_modules_that_name_their_app_are_known() -> None:
    known = named(shop__urls="app_name = 'shop'\n", news__urls="urlpatterns = []\n")
    assert known.names_app("shop.urls")
    assert not known.names_app("news.urls")


@pytest.mark.parametrize("text", ["handler404 = 'shop.views.lost'", "handler403 = views.lost\r", "handler400 = lost"])
def test_views_for_errors_are_known_by_name(text: str) -> None:
    assert named(site__urls=text).error_views == {"lost"}


@pytest.mark.parametrize("text", ["handler500 = 'shop.views.lost'", "handler404 = make('lost')", "xhandler404 = lost"])
def test_views_without_the_exception_are_not(text: str) -> None:
    assert named(site__urls=text).error_views == frozenset()


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


def test_words_of_a_needle_must_stand_together_in_a_file() -> None:
    known = matcher([change(seen=Seen(words=("include app_name",)))])
    assert known.hits(b"include(a, app_name=b)")
    assert not known.hits(b"include(a)")
    assert not known.hits(b"includes(a, app_name=b)")
