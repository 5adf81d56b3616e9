"""Fields and tests of early releases: defaults, blanks, messages, and where tests are looked for."""

from __future__ import annotations

import re

from djup.fixers.patch import Patch
from djup.fixers.settings import drop_setting
from djup.source.calls import append_items
from djup.source.strings import string_value
from djup.source.tree import field, text_of, walk, within

_MODELS = "django.db.models."
_PLACEHOLDER = re.compile(r"%[sdr]")


def boolean_default(patch: Patch) -> None:
    """A ``BooleanField`` that said no default was False until 1.5, and is None since.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#booleanfield-no-longer-defaults-to-false
    """
    for call in patch.module.calls(f"{_MODELS}BooleanField"):
        given = call.unpacks or call.keyword("default") or call.keyword("null")
        if not given and not patch.skips(call.node):
            patch.edit(append_items(patch.module.body, call.brackets, ["default=False"]))


def blank_address(patch: Patch) -> None:
    """An address that may be blank is stored as null: ``null=True``.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#miscellaneous
    """
    for call in patch.module.calls(f"{_MODELS}GenericIPAddressField"):
        blank, null = call.keyword("blank"), call.keyword("null")
        if blank is None or text_of(blank.value) != b"True" or patch.skips(call.node):
            continue
        if null is None and not call.unpacks:
            patch.edit(append_items(patch.module.body, call.brackets, ["null=True"]))
        elif null is not None and text_of(null.value) != b"True":
            patch.report(call.node)


def error_placeholders(patch: Patch) -> None:
    """Point at messages of model fields that leave a place without a name."""
    for node in patch.module.spelled("error_messages"):
        given = node.parent
        call = within(given, "call") if given is not None and given.type == "keyword_argument" else None
        value = field(given, "value") if given is not None else None
        if call is None or value is None or b"models." not in text_of(field(call, "function")):
            continue
        if any(_PLACEHOLDER.search(string_value(one) or "") for one in walk(value) if one.type == "string"):
            patch.report(call)


def dates_of_datetimes(patch: Patch) -> None:
    """``dates("created", …)`` is ``datetimes("created", …)`` where each field of that name is a ``DateTimeField``.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#queryset-dates-raises-an-error-when-used-on-datetimefield
    """
    for call in patch.module.calls(".dates"):
        kinds = patch.facts.field_kinds.get(string_value(call.positional[0].value) or "") if call.positional else None
        name = field(call.function, "attribute")
        if not kinds or "DateTimeField" not in kinds or name is None or patch.skips(call.node):
            continue
        if kinds == {"DateTimeField"}:
            patch.replace(name, "datetimes")
        else:
            patch.report(call.node)


def misplaced_tests(patch: Patch) -> None:
    """Point at test cases in files that the test runner no longer looks into."""
    if patch.module.path.name.startswith("test") or "tests" in patch.module.path.parts[:-1]:
        return
    for definition in patch.module.classes():
        if any(
            base.startswith("django.test.") and base.endswith("TestCase") for base in patch.module.bases(definition)
        ):
            body = field(definition, "body")
            if body is not None and re.search(rb"\bdef test", text_of(body)):
                patch.report(definition)


def dropped_options(patch: Patch) -> None:
    """Take out the attributes of classes that nothing reads any more: those the change names as options."""
    for option in patch.change.seen.options:
        for assignment in patch.module.assignments(option):
            if within(assignment, "class_definition") is not None and not patch.skips(assignment):
                drop_setting(patch, assignment)
