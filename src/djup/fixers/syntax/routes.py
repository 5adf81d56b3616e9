"""The routes of a URLconf: calls of ``url()``, and the tuples that ``patterns()`` takes in their place."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.calls import Argument, arguments_in
from djup.source.tree import field, text_of


def routes(patch: Patch) -> Iterator[tuple[Node, tuple[Argument, ...]]]:
    """The routes of a URLconf: calls of ``url()``, and the tuples that ``patterns()`` takes in their place."""
    for dotted in ("django.conf.urls.url", "django.conf.urls.defaults.url"):
        for call in patch.module.calls(dotted):
            yield call.brackets, call.arguments
    for dotted in ("django.conf.urls.patterns", "django.conf.urls.defaults.patterns"):
        for call in patch.module.calls(dotted):
            for one in call.positional[1:]:
                if one.value.type == "tuple":
                    yield one.value, arguments_in(one.value)


def default_arguments(brackets: Node, word: str) -> Node | None:
    """The value a parameter has by default, in a list of parameters."""
    for one in brackets.named_children:
        if one.type == "default_parameter" and text_of(field(one, "name")).decode() == word:
            return field(one, "value")
    return None
