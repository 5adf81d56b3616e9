"""Places of Django 1.11 to 2.2 that only a person can mend, told as precisely as the source allows."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.facts.index import package_of
from djup.fixers.patch import Patch, receiver_of
from djup.fixers.site_settings import keys
from djup.source.calls import call_of
from djup.source.strings import string_value
from djup.source.tree import field, text_of, walk, within

_CHANGES = {b"update", b"setdefault", b"pop", b"popitem", b"clear", b"setlist", b"appendlist"}
_POST = re.compile(rb"(?:^|[._])request\.(?:POST|_post)$")
_CLIENT = re.compile(rb"(?:^|[._])client$")
_RELATIONS = ("ForeignKey", "OneToOneField", "ManyToManyField")


def changed_post(patch: Patch) -> None:
    """Point at ``request.POST["a"] = b`` and at methods that change it."""
    for node in patch.module.attributes("POST"):
        if not _POST.search(text_of(node)):
            continue
        around = node.parent
        if around is not None and around.type == "subscript" and around.parent is not None:
            outer = around.parent
            if outer.type == "delete_statement" or field(outer, "left") == around:
                patch.report(node)
        elif around is not None and call_of(around) is not None and text_of(around).rpartition(b".")[2] in _CHANGES:
            patch.report(node)


def no_time_zone(patch: Patch) -> None:
    """Point at ``TIME_ZONE = None``."""
    for assignment in patch.module.assignments("TIME_ZONE") if patch.module.path in patch.facts.settings else ():
        if text_of(field(assignment, "right")) == b"None":
            patch.report(assignment)


def pooled_connections(patch: Patch) -> None:
    """Point at PostgreSQL databases behind pgBouncer, as far as its name or its port tells."""
    for assignment in patch.module.assignments("DATABASES") if patch.module.path in patch.facts.settings else ():
        value = field(assignment, "right")
        for node in walk(value) if value is not None else ():
            given = keys(node) if node.type == "dictionary" else {}
            place = [text_of(given[key]) for key in ("HOST", "PORT", "NAME") if key in given]
            pooled = any(b"bouncer" in one.lower() or b"6432" in one for one in place)
            if pooled and "DISABLE_SERVER_SIDE_CURSORS" not in given:
                patch.report(node)


_LATER = frozenset({
    "views", "urls", "admin", "forms", "formsets", "context_processors", "middleware", "feeds", "sitemaps",
    "templatetags", "management", "tests", "test", "serializers", "viewsets", "api",
})  # fmt: skip
"""Modules, and folders of such, that are imported once all models are there."""


def early_models(patch: Patch) -> None:
    """Point at models that are asked of the app registry in modules that may be imported before all models are.

    By Django's own habits what it imports for a request, a command, a template or a test comes after.
    """
    path = patch.module.path
    if not _LATER.isdisjoint({path.stem, *path.parts[:-1]}) or path.stem.startswith("test"):
        return
    for name in ("get_model", "get_models"):
        for node in patch.module.attributes(name):
            call, receiver = call_of(node), receiver_of(node)
            if call is None or within(node, "function_definition", "lambda") is not None:
                continue
            if receiver.endswith(("apps", "app_config")) or "get_app_config(" in receiver:
                patch.report(call.node)


def sent_none(patch: Patch) -> None:
    """Point at ``None`` among the values that a test client sends or ``urlencode()`` writes."""
    calls = patch.module.calls("django.utils.http.urlencode")
    for name in ("get", "post", "put", "patch", "head"):
        for call in patch.module.calls(f".{name}"):
            if _CLIENT.search(text_of(field(call.function, "object"))):
                calls.append(call)
    for call in calls:
        data = [one.value for one in call.arguments if one.value.type == "dictionary"]
        if any(text_of(value) == b"None" for one in data for value in keys(one).values()):
            patch.report(call.node)


def ended_texts(patch: Patch) -> None:
    """Point at assertions that expect a text cut off with three dots."""
    if "test" not in patch.module.path.as_posix():
        return
    for match in re.finditer(rb"\.\.\.(?:</\w+>)*['\"]", patch.module.body):
        node = patch.module.tree.root_node.descendant_for_byte_range(match.start(), match.start() + 1)
        call = within(node, "call") if node is not None else None
        if call is not None and b".assert" in text_of(field(call, "function")):
            patch.report(call)


def unmigrated_relations(patch: Patch) -> None:
    """Point at models of an app without migrations that are related to another app's."""
    folder = patch.module.path.parent
    package = folder.parent if folder.name == "models" else folder
    if patch.module.path.stem != "models" and folder.name != "models":
        return
    if package in patch.facts.migrations or not patch.facts.migrations or package_of(patch.module.path) == "":
        return
    for name in _RELATIONS:
        for call in patch.module.calls(f"django.db.models.{name}"):
            target = call.keyword("to") or (call.positional[0] if call.positional else None)
            if target is not None and _is_elsewhere(patch, target.value, package.name):
                patch.report(call.node)


def _is_elsewhere(patch: Patch, target: Node, app: str) -> bool:
    named = string_value(target)
    if named is not None:
        return "." in named and not named.startswith(f"{app}.")
    if text_of(target).endswith(b"AUTH_USER_MODEL"):
        return True
    return (
        any(one is not None and one.name for one in patch.module.resolve(target))
        if target.type == "identifier"
        else False
    )


def json_key_lookups(patch: Patch) -> None:
    """Point at lookups of keys in JSON fields of the same file that compare with ``None``."""
    declared = {
        text_of(field(one, "left"))
        for one in (node.parent for node in _json_calls(patch))
        if one is not None and one.type == "assignment"
    }
    for match in re.finditer(rb"\b(\w+?)__\w+\s*=\s*None\b", patch.module.body):
        node = patch.module.tree.root_node.descendant_for_byte_range(match.start(1), match.end(1))
        argument = node.parent if node is not None else None
        if match[1] in declared and argument is not None and argument.type == "keyword_argument":
            patch.report(argument)


def _json_calls(patch: Patch) -> list[Node]:
    homes = ("django.contrib.postgres.fields.JSONField", "django.contrib.postgres.fields.jsonb.JSONField")
    return [one.node for home in homes for one in patch.module.calls(home)]


def wsgi_hosts(patch: Patch) -> None:
    """Point at hosts that tests send."""
    for name in ("HTTP_HOST", "SERVER_NAME"):
        for node in patch.module.spelled(name):
            argument = node.parent
            if argument is not None and argument.type == "keyword_argument" and field(argument, "name") == node:
                patch.report(argument)
