"""``DEFAULT_FILE_STORAGE`` and ``STATICFILES_STORAGE``: the ``STORAGES`` setting holds both.

https://docs.djangoproject.com/en/4.2/releases/4.2/#custom-file-storages
"""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.patch import Patch
from djup.fixers.settings import drop_setting
from djup.source.text import line_end
from djup.source.tree import field, statement_of, text_of

_ALIASES = {
    "DEFAULT_FILE_STORAGE": ("default", '"django.core.files.storage.FileSystemStorage"'),
    "STATICFILES_STORAGE": ("staticfiles", '"django.contrib.staticfiles.storage.StaticFilesStorage"'),
}


def storages(patch: Patch) -> None:
    """Write ``STORAGES`` in place of the last of both settings; what other modules build on is taken over."""
    module = patch.module
    if module.path not in patch.facts.settings:
        return
    found = {name: module.assignments(name) for name in _ALIASES}
    given = {name: nodes[0] for name, nodes in found.items() if nodes}
    if not given or not _is_plain(patch, found):
        for nodes in found.values():
            for node in nodes:
                patch.report(node)
        return
    blocks = {parent.id for node in given.values() if (parent := statement_of(node).parent) is not None}
    if len(blocks) > 1:
        for node in given.values():
            patch.report(node)
        return
    last = max(given.values(), key=lambda one: one.start_byte)
    patch.replace(last, _dictionary(patch, given, statement_of(last)))
    for node in given.values():
        if node != last:
            drop_setting(patch, node)


def _is_plain(patch: Patch, found: dict[str, list[Node]]) -> bool:
    """Whether each setting is given at most once, used nowhere else in the module, and STORAGES is not there yet."""
    module = patch.module
    if module.assignments("STORAGES") or any(patch.skips(node) for nodes in found.values() for node in nodes):
        return False
    if any(text_of(field(node, "right")) in {b"None", b'""', b"''"} for nodes in found.values() for node in nodes):
        return False
    return all(len(nodes) <= 1 and len(module.spelled(name)) == len(nodes) for name, nodes in found.items())


def _dictionary(patch: Patch, given: dict[str, Node], statement: Node) -> str:
    """The text of the new setting: one alias to a line, the ones not given as the base module or Django has them."""
    body = patch.module.body
    indent = body[body.rfind(b"\n", 0, statement.start_byte) + 1 : statement.start_byte].decode()
    newline = line_end(body).decode()
    inherits = patch.facts.inherits(patch.module.path, {*_ALIASES, "STORAGES"})
    lines = ["STORAGES = {", *(["    **STORAGES,"] if inherits else [])]
    for name, (alias, default) in _ALIASES.items():
        if name in given:
            lines.append(f'    "{alias}": {{"BACKEND": {text_of(field(given[name], "right")).decode()}}},')
        elif not inherits:
            lines.append(f'    "{alias}": {{"BACKEND": {default}}},')
    return f"{newline}{indent}".join([*lines, "}"])
