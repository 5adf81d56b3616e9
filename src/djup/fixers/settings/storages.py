"""``DEFAULT_FILE_STORAGE`` and ``STATICFILES_STORAGE``: the ``STORAGES`` setting holds both.

https://docs.djangoproject.com/en/4.2/releases/4.2/#custom-file-storages
"""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch, receiver_of
from djup.fixers.syntax.setting_values import OVERRIDES
from djup.fixers.syntax.statements import drop_statement
from djup.source.calls import remove_item
from djup.source.text import line_end
from djup.source.tree import field, statement_of, text_of

_ALIASES = {
    "DEFAULT_FILE_STORAGE": ("default", '"django.core.files.storage.FileSystemStorage"'),
    "STATICFILES_STORAGE": ("staticfiles", '"django.contrib.staticfiles.storage.StaticFilesStorage"'),
}


def storages(patch: Patch) -> None:
    """Write ``STORAGES`` in place of the last of both settings; what other modules build on is taken over."""
    module = patch.module
    _in_overrides(patch)
    _in_reads(patch)
    if module.path not in patch.facts.settings.modules:
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
            drop_statement(patch, node)


def _in_overrides(patch: Patch) -> None:
    """Tests that give a storage for a while: the rest of ``STORAGES`` stays as the project has it."""
    for call in (one for name in OVERRIDES for one in patch.module.calls(name)):
        given = [one for one in call.arguments if one.name in _ALIASES]
        if not given or patch.skips(call.node):
            continue
        if call.keyword("STORAGES") is not None:
            patch.report(call.node)
            continue
        settings = patch.need("django.conf", "settings", call.node)
        items = [f'"{_ALIASES[one.name][0]}": {{"BACKEND": {text_of(one.value).decode()}}}' for one in given]
        patch.replace(given[0].node, f"STORAGES={{**{settings}.STORAGES, {', '.join(items)}}}")
        for one in given[1:]:
            patch.edit(remove_item(patch.module.body, call.brackets, one.node))


def _in_reads(patch: Patch) -> None:
    for name, (alias, _) in _ALIASES.items():
        for node in patch.module.uses(f"django.conf.settings.{name}"):
            around = node.parent
            if node.type != "attribute" or patch.skips(node):
                continue
            if (
                around is not None
                and around.type in {"assignment", "delete_statement"}
                and field(around, "right") != node
            ):
                patch.report(node)
            else:
                patch.replace(node, f'{receiver_of(node)}.STORAGES["{alias}"]["BACKEND"]')


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
    inherits = patch.facts.settings.inherits(patch.module.path, {*_ALIASES, "STORAGES"})
    lines = ["STORAGES = {", *(["    **STORAGES,"] if inherits else [])]
    for name, (alias, default) in _ALIASES.items():
        if name in given:
            lines.append(f'    "{alias}": {{"BACKEND": {text_of(field(given[name], "right")).decode()}}},')
        elif not inherits:
            lines.append(f'    "{alias}": {{"BACKEND": {default}}},')
    return f"{newline}{indent}".join([*lines, "}"])
