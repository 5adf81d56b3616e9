"""Templates are lexed by Django's own rules, with the span of each part."""

from __future__ import annotations

import pytest

from djup.source.templates import filters, loaded, tokens


def names(text: bytes) -> list[str]:
    return [f"{one.kind}:{one.name}" for one in tokens(text)]


def test_tags_variables_and_comments_are_told_apart() -> None:
    assert names(b"{% if a %}{{ b }}{# c #}{%endif%}") == ["tag:if", "variable:", "comment:", "tag:endif"]


def test_a_token_lies_on_one_line() -> None:
    assert names(b"{% if\n a %}{{ b\n }}") == []


def test_verbatim_and_comment_hide_what_is_in_them() -> None:
    text = (
        b"{% verbatim x %}{% a %}{% endverbatim %}{% endverbatim x %}{% comment 'no' %}{% b %}{% endcomment %}{% c %}"
    )
    assert names(text) == ["tag:verbatim", "tag:endverbatim", "tag:comment", "tag:endcomment", "tag:c"]


def test_the_words_of_a_tag_keep_quoted_strings_whole() -> None:
    (token,) = tokens(b"{% url 'a b' x|add:\"c d\" as e %}")
    assert [bit.text for bit in token.bits] == [b"url", b"'a b'", b'x|add:"c d"', b"as", b"e"]


@pytest.mark.parametrize(
    ("text", "libraries"),
    [(b"{% load a b.c %}", [b"a", b"b.c"]), (b"{% load x y from z %}", [b"z"]), (b"{% load from %}", [b"from"])],
)
def test_a_load_tag_names_its_libraries(text: bytes, libraries: list[bytes]) -> None:
    assert [bit.text for bit in loaded(tokens(text)[0])] == libraries


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"{{ a|b|c:1 }}", ["b", "c"]),
        (b'{{ a|default:"x|y"|z }}', ["default", "z"]),
        (b"{{ '|no'|yes }}", ["yes"]),
        (b"{% if a|b == c|d %}", ["b", "d"]),
        (b"{# a|b #}", []),
    ],
)
def test_filters_are_found_outside_of_quotes(text: bytes, found: list[str]) -> None:
    assert [one.name for one in filters(text, tokens(text)[0])] == found
