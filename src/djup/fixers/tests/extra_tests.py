"""Take ``extra_tests`` out of runners that only pass it on, and of calls that give none."""

from __future__ import annotations

from collections.abc import Sequence

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import class_of, subclasses
from djup.knowledge.search import parameter_name, parameters_in
from djup.source import tree as syntax
from djup.source.calls import Call, remove_item
from djup.source.tree import field, text_of

_RUNS = ("run_tests", "build_suite")


def extra_tests(patch: Patch) -> None:
    """Take ``extra_tests`` out of runners that only pass it on, and of calls that give none.

    https://docs.djangoproject.com/en/4.0/releases/4.0/#features-deprecated-in-4-0
    """
    runners = subclasses(patch.module, "DiscoverRunner", "TestRunner", "TestSuiteRunner")
    own = [one for name in _RUNS for one in patch.module.methods(name) if class_of(one) in runners]
    calls = [one for name in _RUNS for one in patch.module.calls(f".{name}")]
    takers = [one for one in own if _extra_tests(one) is not None]
    kept = [one for one in takers if patch.skips(one) or not _only_passes_on(one, calls)]
    for definition in kept:
        patch.report(definition)
    for definition in () if kept else takers:
        parameters, mine = field(definition, "parameters"), _extra_tests(definition)
        if parameters is not None and mine is not None:
            patch.edit(remove_item(patch.module.body, parameters, mine))
    for call in calls:
        for one in call.arguments:
            nothing = one.name == "extra_tests" and text_of(one.value) in {b"None", b"[]", b"()"}
            if nothing or (takers and not kept and text_of(one.value) == b"extra_tests"):
                patch.edit(remove_item(patch.module.body, call.brackets, one.node))


def _extra_tests(definition: Node) -> Node | None:
    """The parameter of that name."""
    parameters = field(definition, "parameters")
    named = parameters_in(parameters) if parameters is not None else ()
    return next((one for one in named if parameter_name(one) == "extra_tests"), None)


def _only_passes_on(definition: Node, calls: Sequence[Call]) -> bool:
    """Whether a method does nothing with the parameter but give it to others of its kind."""
    body = field(definition, "body")
    if body is None:
        return False
    used = [one for one in syntax.walk(body) if one.type == "identifier" and text_of(one) == b"extra_tests"]
    values = [one for one in used if one.parent is None or field(one.parent, "name") != one]
    passed = {one.value.id for call in calls for one in call.arguments}
    return all(one.id in passed for one in values)
