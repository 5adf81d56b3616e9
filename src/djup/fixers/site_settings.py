"""Settings of early releases: what must be given, and what must look otherwise."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.patch import Patch
from djup.fixers.settings import CONFIGURE
from djup.source.calls import append_items, insert_first, remove_item
from djup.source.edits import Edit
from djup.source.strings import literal, string_value
from djup.source.tree import field, text_of, walk, within

_ADMIN_HANDLER = "django.utils.log.AdminEmailHandler"


def assigned(patch: Patch, name: str) -> list[tuple[Node, Node]]:
    """The assignments of a setting in a settings module, with their values."""
    if patch.module.path not in patch.facts.settings:
        return []
    pairs = [(one, field(one, "right")) for one in patch.module.assignments(name) if not patch.skips(one)]
    return [(one, value) for one, value in pairs if value is not None]


def empty_secret_key(patch: Patch) -> None:
    """Django 1.5 and newer refuse to start with an empty key: it gets one that `check --deploy` warns of."""
    for assignment, value in assigned(patch, "SECRET_KEY"):
        key = patch.change.pin.value if patch.change.pin is not None else ""
        if string_value(value) == "" and key:
            patch.replace(value, key)
        elif string_value(value) == "":
            patch.report(assignment)


def trailing_slash(patch: Patch) -> None:
    """``MEDIA_URL`` and ``STATIC_URL`` end with a slash."""
    for name in ("MEDIA_URL", "STATIC_URL"):
        for assignment, value in assigned(patch, name):
            one = literal(value)
            if one is None:
                last = value.named_children[-1] if value.type == "binary_operator" else None
                if last is not None and (string_value(last) or "/")[-1:] != "/":
                    patch.report(assignment)
            elif one.value and not one.value.endswith("/"):
                patch.edit(Edit(start=one.content_end, end=one.content_end, text=b"/"))


def sites_for_redirects(patch: Patch) -> None:
    """``contrib.redirects`` needs ``contrib.sites``."""
    for _, value in assigned(patch, "INSTALLED_APPS"):
        apps = {string_value(node) for node in walk(value) if node.type == "string"}
        if "django.contrib.redirects" in apps and "django.contrib.sites" not in apps:
            if value.type in {"list", "tuple"}:
                patch.edit(insert_first(patch.module.body, value, '"django.contrib.sites"'))
            else:
                patch.report(value)


def mail_admins_filter(patch: Patch) -> None:
    """The handler that mails to the admins gets the filter that keeps it still while DEBUG is on."""
    for _, value in assigned(patch, "LOGGING"):
        for node in walk(value):
            if node.type != "string" or string_value(node) != _ADMIN_HANDLER:
                continue
            handler = within(node, "dictionary")
            if handler is None or "filters" in keys(handler) or value.type != "dictionary":
                continue
            _filter_handler(patch, value, handler)


def _filter_handler(patch: Patch, logging: Node, handler: Node) -> None:
    declared = keys(logging).get("filters")
    name = "require_debug_false"
    if declared is not None and name not in (keys(declared) if declared.type == "dictionary" else {}):
        patch.report(handler)
        return
    patch.edit(append_items(patch.module.body, handler, [f'"filters": ["{name}"]']))
    if declared is None:
        entry = f'"filters": {{"{name}": {{"()": "django.utils.log.RequireDebugFalse"}}}}'
        patch.edit(append_items(patch.module.body, logging, [entry]))


def postgresql_autocommit(patch: Patch) -> None:
    """PostgreSQL commits every query by itself now, whatever the option says."""
    for _, value in assigned(patch, "DATABASES"):
        for options in (node for node in walk(value) if node.type == "dictionary"):
            given = keys(options).get("autocommit")
            outer = within(options.parent, "dictionary") if options.parent is not None else None
            engine = string_value(keys(outer).get("ENGINE")) if outer is not None else None
            if given is None or given.parent is None or "postg" not in (engine or ""):
                continue
            patch.edit(remove_item(patch.module.body, options, given.parent))


def keys(dictionary: Node) -> dict[str, Node]:
    """The values of a dictionary written out, by those keys that are plain strings."""
    found = {}
    for pair in dictionary.named_children:
        key, value = (field(pair, "key"), field(pair, "value")) if pair.type == "pair" else (None, None)
        text = string_value(key)
        if text is not None and value is not None:
            found[text] = value
    return found


def configured_key(patch: Patch) -> None:
    """``settings.configure()`` in a test script gets a key, which Django asks for as soon as something signs.

    https://docs.djangoproject.com/en/3.2/releases/3.2/#miscellaneous
    """
    for call in patch.module.calls(CONFIGURE):
        given = {one.name for one in call.arguments}
        spread = [one for one in call.arguments if one.stars == "**"]
        if "SECRET_KEY" in given or patch.skips(call.node) or not call.arguments:
            continue
        if not spread:
            patch.edit(append_items(patch.module.body, call.brackets, ['SECRET_KEY="for tests only"']))
            continue
        for assignment in patch.module.assignments(text_of(spread[0].value).decode()) if len(spread) == 1 else ():
            value = field(assignment, "right")
            if value is not None and value.type == "dictionary" and "SECRET_KEY" not in keys(value):
                patch.edit(append_items(patch.module.body, value, ['"SECRET_KEY": "for tests only"']))
