"""URLconfs: views that are looked up by their paths, namespaces, views for errors."""

from __future__ import annotations

import pytest

from tests.facts.made import of_files, of_modules


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
    assert "shop.views.item" in of_modules(shop__code=text).urls.reversed_paths


@pytest.mark.parametrize("text", ["{% url shop.views.item 1 %}", "{%url 'shop.views.item' %}"])
def test_a_template_may_look_up_a_view_too(text: str) -> None:
    assert of_files(**{"shop__templates__a.html": text}).urls.reversed_paths == {"shop.views.item"}


@pytest.mark.parametrize(
    "text", ["reverse('item')", "reverse('shop.item')", "load('shop.views.item')", "return (a.b.c)"]
)
def test_other_names_are_no_paths_of_views(text: str) -> None:
    assert of_modules(shop__code=text).urls.reversed_paths == frozenset()


def test_url_modules_that_name_their_app_are_known() -> None:
    known = of_modules(shop__urls="app_name = 'shop'\n", news__urls="urlpatterns = []\n")
    assert known.urls.names_app("shop.urls")
    assert not known.urls.names_app("news.urls")


@pytest.mark.parametrize("text", ["handler404 = 'shop.views.lost'", "handler403 = views.lost\r", "handler400 = lost"])
def test_views_for_errors_are_known_by_name(text: str) -> None:
    assert of_modules(site__urls=text).urls.error_views == {"lost"}


@pytest.mark.parametrize("text", ["handler500 = 'shop.views.lost'", "handler404 = make('lost')", "xhandler404 = lost"])
def test_views_without_the_exception_are_not(text: str) -> None:
    assert of_modules(site__urls=text).urls.error_views == frozenset()
