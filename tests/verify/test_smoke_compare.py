"""Two smoke runs compared: what blocks, what a release explains, and what is no difference at all."""

from __future__ import annotations

import pytest

from djup.model import Release
from djup.verify.smoke.compare import compare_smoke, json_changes
from djup.verify.smoke.explain import rules
from djup.verify.smoke.pages import changes_of
from djup.verify.smoke.records import Difference, Observation, Smoke

PAGE = {"status": 200, "owner": "own", "lines": ["<h1>", "Books"], "context": ["books"], "queries": {}, "mails": []}


def run(*observations: Observation, unstable: tuple[str, ...] = ()) -> Smoke:
    return Smoke(ran=True, observations=observations, unstable=unstable)


def page(**facts: object) -> Smoke:
    return run(Observation(kind="request", subject="GET /books/ as user", facts={**PAGE, **facts}))


def compare(before: Smoke, now: Smoke, *crossed: Release) -> list[tuple[str, str]]:
    return [(one.severity, one.message) for one in compare_smoke(before, now, crossed)]


@pytest.mark.parametrize(
    ("now", "severity", "message"),
    [
        ({"status": 404}, "must", "status: 200 → 404"),
        ({"lines": ["<h1>", "Tomes"]}, "must", "text: Books → Tomes"),
        ({"lines": ["<h1>"]}, "must", "text: gone: Books"),
        ({"context": []}, "must", "context: gone: books"),
        ({"mails": [{"subject": "a", "to": [], "lines": []}]}, "must", "0 mails before, 1 now"),
        ({"queries": {"SELECT shelf_book": 4}}, "should", "SELECT shelf_book: 0 queries before, 4 now"),
        ({"raised": "KeyError: 'a'"}, "must", "it fails: KeyError: 'a'"),
    ],
)
def test_what_differs_is_told_with_its_weight(now: dict[str, object], severity: str, message: str):
    assert compare(page(), page(**now)) == [(severity, message)]


@pytest.mark.parametrize("owner", ["admin", "django"])
def test_the_words_and_methods_of_djangos_own_views_are_djangos_to_change(owner):
    own = {"owner": owner, "messages": ["The book was added."]}
    said = compare(page(**own), page(**{**own, "messages": ['The book "A" was added.']}))
    assert said == [("should", 'messages: text: The book was added. → The book "A" was added.')]
    assert compare(page(**own), page(**own, status=405)) == [("should", "status: 200 → 405")]
    assert compare(page(**own), page(**own, status=404)) == [("must", "status: 200 → 404")]
    assert compare(page(messages=["a"]), page(messages=["b"])) == [("must", "messages: text: a → b")]
    assert compare(page(), page(status=405)) == [("must", "status: 200 → 405")]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({"queries": {"SELECT shelf_book": 4}}, {"queries": {"SELECT shelf_book": 1}}),
        ({"context": ["books"]}, {"context": ["books", "more"]}),
        ({"owner": "admin", "lines": ["a"]}, {"owner": "admin", "lines": ["b"]}),
        ({"location": "/in/?next=/a/"}, {"location": "/in/?next=%2Fa%2F"}),
    ],
)
def test_what_is_no_loss_is_no_difference(before: dict[str, object], now: dict[str, object]):
    assert compare(page(**before), page(**now)) == []


def test_what_two_runs_of_the_baseline_saw_differently_is_not_compared():
    before = run(*page().observations, unstable=("GET /books/ as user|lines",))
    assert compare(before, page(lines=["<h1>", "drawn at random"])) == []
    assert compare(before, page(status=500)) == [("must", "status: 200 → 500")]


def test_a_release_explains_only_when_it_was_crossed():
    now = page(lines=["<h1>", "Books", '<input name="a" required>'])
    before = page(lines=["<h1>", "Books", '<input name="a">'])
    (explained,) = compare_smoke(before, now, [(1, 10)])
    (open_one,) = compare_smoke(before, now, [(2, 0)])
    assert (explained.change, explained.blocks) == ("1.10/required-attribute", False)
    assert (open_one.change, open_one.blocks) == ("", True)


def test_an_explained_change_does_not_hide_another_on_the_same_page():
    before = page(lines=["<h1>", "Books", '<input name="a">'])
    now = page(lines=["<h1>", "Tomes", '<input name="a" required>'])
    found = compare_smoke(before, now, [(1, 10)])
    assert [one.message for one in found if one.blocks] == ["text: Books → Tomes"]


def test_the_same_difference_on_many_pages_is_one():
    def pages(text: str) -> Smoke:
        facts = {**PAGE, "lines": [text]}
        return run(*(Observation(kind="request", subject=f"GET /{n}/", facts=facts) for n in range(5)))

    (found,) = compare_smoke(pages("a"), pages("b"), [])
    assert len(found.subjects) == 5


def test_middleware_of_djangos_own_may_go_but_none_may_change_places():
    def order(*names: str) -> Smoke:
        return run(Observation(kind="middleware", subject="settings", facts={"order": list(names)}))

    assert compare(order("django.a", "own.b"), order("own.b")) == []
    assert compare(order("own.a", "own.b"), order("own.b")) == [("must", "gone: own.a")]
    assert compare(order("own.a", "own.b"), order("own.b", "own.a"))[0][0] == "must"


def test_a_route_that_is_gone_blocks_unless_it_was_djangos():
    def route(view: str) -> Smoke:
        return run(Observation(kind="route", subject="books", facts={"view": view}))

    assert compare(route("shelf.views.books"), run()) == [("must", "the route is gone")]
    assert compare(route("django.contrib.admin.sites.x"), run()) == [("may", "the route is gone")]


def test_json_is_compared_by_its_paths():
    before = {"books": [{"title": "a", "year": 1}], "count": 1}
    now = {"books": [{"title": "b"}], "count": 1, "new": 0}
    assert list(json_changes(before, now)) == [
        ("books[0].title", "'a'", "'b'"),
        ("books[0].year", "1", ""),
        ("new", "", "0"),
    ]


def test_attributes_are_told_apart_from_tags_and_texts():
    before = ["<p>", "one", '<a href="/a/">', "two"]
    now = ["<p>", "one", '<a class="x" href="/b/">', "<hr>", "two"]
    assert [(one.kind, one.tag, one.name) for one in changes_of(before, now)] == [
        ("attribute", "a", "class"),
        ("attribute", "a", "href"),
        ("tag", "hr", ""),
    ]


def test_every_rule_names_where_django_says_so():
    for rule in rules():
        assert rule.notes.startswith("https://docs.djangoproject.com/en/"), rule.name
        assert rule.since >= (1, 4)


def test_the_gravest_come_first():
    found: tuple[Difference, ...] = compare_smoke(
        page(), page(status=200, lines=["<h1>", "Tomes"], queries={"SELECT shelf_book": 2}), []
    )
    assert [one.severity for one in found] == ["must", "should"]
