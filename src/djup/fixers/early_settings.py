"""Settings of early releases whose value must look otherwise now."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.cache_settings import entry_of
from djup.fixers.patch import Patch
from djup.fixers.settings import drop_setting, pin_place
from djup.fixers.site_settings import assigned, keys
from djup.source.edits import Edit
from djup.source.strings import literal, string_value
from djup.source.text import line_end
from djup.source.tree import text_of

_IGNORABLE = ("IGNORABLE_404_STARTS", "IGNORABLE_404_ENDS")
_MEMCACHED = ("django.core.cache.backends.memcached.", "memcached")


def tuple_settings(patch: Patch) -> None:
    """A string in the place of a tuple becomes a tuple of one.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#features-removed-in-1-7
    """
    for name in ("INSTALLED_APPS", "TEMPLATE_DIRS"):
        for _, value in assigned(patch, name):
            inner = value.named_children[0] if value.type == "parenthesized_expression" else value
            if string_value(inner) is None:
                continue
            if inner == value:
                patch.replace(value, f"({text_of(value).decode()},)")
            else:
                patch.edit(Edit(start=inner.end_byte, end=inner.end_byte, text=b","))


def cache_timeout_zero(patch: Patch) -> None:
    """``TIMEOUT: 0`` of a memcached cache, which kept for ever, is None.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#miscellaneous
    """
    for _, value in assigned(patch, "CACHES"):
        for cache in keys(value).values() if value.type == "dictionary" else ():
            given = keys(cache) if cache.type == "dictionary" else {}
            timeout = given.get("TIMEOUT")
            known = (string_value(given.get("BACKEND")) or "").startswith(_MEMCACHED)
            if timeout is not None and known and text_of(timeout) == b"0":
                patch.replace(timeout, "None")


def cache_addresses(patch: Patch) -> None:
    """``get_cache("locmem://")`` names the class of the backend, and its place by ``LOCATION``.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#miscellaneous
    """
    for call in patch.module.calls("django.core.cache.get_cache"):
        one = literal(call.positional[0].value) if call.positional else None
        if one is None or "://" not in one.value or patch.skips(call.node):
            continue
        entry = entry_of(one.value)
        if entry is None or len(call.arguments) != 1:
            patch.report(call.node)
            continue
        (_, backend), *others = entry
        arguments = ", ".join([backend, *(f"{key}={text}" for key, text in others)])
        patch.replace(call.brackets, f"({arguments})")


def ignorable_404(patch: Patch) -> None:
    """Starts and ends of addresses become regular expressions, in the place of the first of both settings.

    https://docs.djangoproject.com/en/1.8/releases/1.4/#ignorable-404-starts-and-ends
    """
    found = [pair for name in _IGNORABLE for pair in assigned(patch, name)]
    texts = [
        _pattern(node, name) for name in _IGNORABLE for _, value in assigned(patch, name) for node in _items(value)
    ]
    plain = all(value.type in {"list", "tuple"} for _, value in found) and None not in texts
    if not found or not plain or patch.module.assignments("IGNORABLE_404_URLS"):
        return
    compile_ = f"{patch.need('', 're', found[0][0])}.compile"
    newline = line_end(patch.module.body).decode()
    lines = "".join(f"    {compile_}({text}),{newline}" for text in texts)
    first, *others = sorted((one for one, _ in found), key=lambda one: one.start_byte)
    patch.replace(first, f"IGNORABLE_404_URLS = ({newline}{lines})")
    for one in others:
        drop_setting(patch, one)


def _items(value: Node) -> list[Node]:
    return [one for one in value.named_children if one.type != "comment"]


def _pattern(node: Node, setting: str) -> str | None:
    """The regular expression for a start or an end of an address; None where it is not written out."""
    text = string_value(node)
    if text is None or '"' in text:
        return None
    return f'r"^{re.escape(text)}"' if setting.endswith("STARTS") else f'r"{re.escape(text)}$"'


def locale_paths(patch: Patch) -> None:
    """The folder ``locale`` beside the settings, which was read unasked, is named in ``LOCALE_PATHS``.

    https://docs.djangoproject.com/en/1.8/releases/1.3/#project-level-translations
    """
    module = patch.module
    if module.path not in patch.facts.holders or module.assignments("LOCALE_PATHS"):
        return
    if module.path.parent / "locale" not in patch.facts.catalogues or "LOCALE_PATHS" in patch.facts.given_elsewhere:
        return
    place = pin_place(module, ("LOCALE_PATHS", "LANGUAGES"))
    if place is None:
        return
    path = f"{patch.need('', 'os', module.tree.root_node.children[0])}.path"
    newline = line_end(module.body)
    value = f'({path}.join({path}.dirname({path}.abspath(__file__)), "locale"),)'
    lines = [b"", b"# Django 1.4 read this folder unasked.", f"LOCALE_PATHS = {value}".encode(), b""]
    patch.edit(Edit(start=place, end=place, text=newline.join(lines)))
