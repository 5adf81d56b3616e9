"""A regular expression becomes a route only if both match exactly the same addresses with the same values."""

from __future__ import annotations

import re

import pytest

from djup.fixers.urls.url_to_path import route_of

SAME = [
    ("^$", ""),
    ("^a/$", "a/"),
    ("^a-b_c/d/$", "a-b_c/d/"),
    (r"^robots\.txt$", "robots.txt"),
    (r"^a\-b/$", "a-b/"),
    ("^(?P<name>[^/]+)/$", "<name>/"),
    ("^(?P<slug>[-a-zA-Z0-9_]+)/x/(?P<rest>.+)$", "<slug:slug>/x/<path:rest>"),
]
NONE = [
    "a/$", "^a/", "^a", "^a?/$", "^a*/$", "^(a)/$", "^(a|b)/$", r"^\d+/$", r"^(?P<pk>\d+)/$", "^(?P<pk>[0-9]+)/$",
    r"^(?P<slug>[-\w]+)/$", r"^(?P<slug>\w+)/$", "^(?P<a>[^/]*)/$", "^(?P<a>(b))/$", "^a.b/$", "^a$|^b$", "^a b/$",
    "^(?i)a/$", "^a/$ ", "^(?P<x>a)/$", r"^a\b/$", "^<a>/$", "^%s/$",
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "route"), SAME)
def test_a_plain_pattern_becomes_a_route(pattern: str, route: str) -> None:
    assert route_of(pattern, included=False) == route


@pytest.mark.parametrize("pattern", NONE)
def test_any_other_pattern_stays_a_regular_expression(pattern: str) -> None:
    assert route_of(pattern, included=False) is None


@pytest.mark.parametrize(("pattern", "route"), [("", ""), ("^", ""), ("^a/", "a/"), ("^(?P<x>[^/]+)/", "<x>/")])
def test_a_pattern_that_goes_on_in_an_include_has_no_end(pattern: str, route: str) -> None:
    assert route_of(pattern, included=True) == route
    assert route_of(f"{pattern}$", included=True) is None


@pytest.mark.parametrize("pattern", [one for one, _ in SAME])
def test_the_route_of_a_pattern_matches_what_the_pattern_matches(pattern: str) -> None:
    route = route_of(pattern, included=False)
    assert route is not None
    converters = {"str": "[^/]+", "slug": "[-a-zA-Z0-9_]+", "path": ".+"}
    parts = re.split(r"<(?:(\w+):)?(\w+)>", route)
    compiled = re.escape(parts[0])
    for kind, name, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        compiled += f"(?P<{name}>{converters[kind or 'str']})" + re.escape(text)
    for address in ("", "a/", "a", "a-b_c/d/", "robots.txt", "robotsxtxt", "x/", "x/y/", "b-1/x/y/z", "ä/", "a-b/"):
        ours, theirs = re.fullmatch(compiled, address), re.search(pattern, address)
        assert (ours and ours.groupdict()) == (theirs and theirs.groupdict())
