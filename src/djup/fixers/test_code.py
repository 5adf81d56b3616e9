"""What tests expect, keep and run."""

from __future__ import annotations

from collections.abc import Sequence

from tree_sitter import Node

from djup.fixers.classes import class_of, subclasses
from djup.fixers.patch import Patch
from djup.knowledge.search import parameter_name, parameters_in
from djup.source import tree as syntax
from djup.source.calls import Call, remove_item
from djup.source.edits import Edit
from djup.source.strings import literal, string_value
from djup.source.tree import field, text_of

_RAISES = ("assertRaisesMessage", "assertRaisesRegex", "assertRaises")
_ERRORS = {
    "Cannot filter a query once a slice has been taken": "TypeError",
    "Cannot reorder a query once a slice has been taken": "TypeError",
    "Cannot combine queries once a slice has been taken": "TypeError",
    "Cannot change a query once a slice has been taken": "TypeError",
    "Cannot change the query once a slice has been taken": "TypeError",
    "Cannot use 'limit' or 'offset' with delete": "TypeError",
    "The name must be given to delete()": "ValueError",
}


def assertion_errors(patch: Patch) -> None:
    """Expect the new error where the text of the old one is written out.

    https://docs.djangoproject.com/en/4.0/releases/4.0/#miscellaneous
    """
    for call in (one for name in _RAISES for one in patch.module.calls(f".{name}")):
        if not call.positional or text_of(call.positional[0].value) != b"AssertionError" or patch.skips(call.node):
            continue
        text = string_value(call.positional[1].value) if len(call.positional) > 1 else None
        new = next((error for said, error in _ERRORS.items() if text and text.startswith(said)), None)
        if new is not None:
            patch.replace(call.positional[0].value, new)
        elif text is None and _slices(call):
            patch.report(call.node)


def _slices(call: Call) -> bool:
    """Whether what may raise slices something."""
    block = syntax.within(call.node, "with_statement")
    body = field(block, "body") if block is not None else None
    return body is not None and any(one.type == "slice" for one in syntax.walk(body))


def test_data_copies(patch: Patch) -> None:
    """Point at files and generators that ``setUpTestData()`` keeps on the class."""
    for definition in patch.module.methods("setUpTestData"):
        for node in syntax.walk(definition):
            left, right = (field(node, "left"), field(node, "right")) if node.type == "assignment" else (None, None)
            if left is None or right is None or not text_of(left).startswith(b"cls."):
                continue
            opens = right.type == "call" and text_of(field(right, "function")) == b"open"
            if opens or right.type == "generator_expression":
                patch.report(node)


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


def escaped_quotes(patch: Patch) -> None:
    """Expect ``&#x27;`` for a quote in what tests compare with: ``escape()`` wrote ``&#39;`` until then.

    https://docs.djangoproject.com/en/3.0/releases/3.0/#miscellaneous
    """
    if not any(part.startswith("test") for part in (*patch.module.path.parts[:-1], patch.module.path.stem)):
        return
    for name in ("assertContains", "assertNotContains", "assertEqual", "assertIn", "assertHTMLEqual", "assertInHTML"):
        for call in patch.module.calls(f".{name}"):
            for node in syntax.walk(call.brackets) if not patch.skips(call.node) else ():
                one = literal(node) if node.type == "string" and not _is_given(node, call.node) else None
                source = text_of(node)[: -len(one.quotes)] if one is not None else b""
                if one is not None and b"&#39;" in source:
                    text = text_of(node).replace(b"&#39;", b"&#x27;")
                    patch.edit(Edit(start=one.start, end=one.end, text=text))


def _is_given(node: Node, compared: Node) -> bool:
    """Whether a text is given to another call within a comparison: it goes in there, it is not what comes out."""
    call = syntax.within(node, "call")
    while call is not None and call != compared:
        if text_of(field(call, "function")).rpartition(b".")[2] not in {b"mark_safe", b"format", b"_"}:
            return True
        call = syntax.within(call.parent, "call") if call.parent is not None else None
    return False


def keepdb_option(patch: Patch) -> None:
    """``test -k`` is ``test --keepdb`` in argument lists: ``-k`` chooses tests by a pattern now.

    https://docs.djangoproject.com/en/3.0/releases/3.0/#miscellaneous
    """
    for node in patch.module.strings("-k"):
        holder = node.parent
        if holder is None or holder.type not in {"list", "tuple", "argument_list"} or patch.skips(node):
            continue
        texts = [string_value(one) or "" for one in holder.named_children]
        manages = any(one.endswith(("manage.py", "django-admin", "django-admin.py")) for one in texts)
        calls = holder.parent is not None and text_of(field(holder.parent, "function")).endswith(b"call_command")
        if "test" in texts and (manages or calls):
            patch.replace(node, '"--keepdb"')
