"""``TEMPLATE_DIRS`` and its like: the ``TEMPLATES`` setting holds them all.

What is written is what Django 1.8 and 1.9 made of the old settings where there is no ``TEMPLATES``
(``django.template.utils.EngineHandler``); 1.10 finds no templates without it.
https://docs.djangoproject.com/en/1.8/ref/templates/upgrading/#the-templates-settings
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tree_sitter import Node

from djup.facts.project import Facts
from djup.fixers.declared.pins import pin_place
from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import CONFIGURE, OVERRIDES
from djup.fixers.syntax.statements import drop_statement
from djup.source.calls import append_items, remove_item
from djup.source.edits import Edit
from djup.source.text import line_end
from djup.source.tree import field, statement_of, text_of, walk

OLD = (
    "TEMPLATE_DIRS", "TEMPLATE_CONTEXT_PROCESSORS", "TEMPLATE_LOADERS", "TEMPLATE_DEBUG", "TEMPLATE_STRING_IF_INVALID",
    "ALLOWED_INCLUDE_ROOTS",
)  # fmt: skip
_PROCESSORS = (
    "django.contrib.auth.context_processors.auth", "django.template.context_processors.debug",
    "django.template.context_processors.i18n", "django.template.context_processors.media",
    "django.template.context_processors.static", "django.template.context_processors.tz",
    "django.contrib.messages.context_processors.messages",
)  # fmt: skip
_GLOBAL = "django.conf.global_settings.TEMPLATE_CONTEXT_PROCESSORS"
_LOADERS = ("django.template.loaders.filesystem", "django.template.loaders.app_directories")
_EGGS = "django.template.loaders.eggs"
_TRIPLE = re.compile(rb"'''|\"\"\"")


def template_settings(patch: Patch) -> None:
    """Write ``TEMPLATES`` in place of the last of the old settings; what builds on them elsewhere is a person's."""
    module = patch.module
    if module.path in patch.facts.settings.modules:
        found = {name: module.assignments(name) for name in OLD}
        given = {name: nodes[0] for name, nodes in found.items() if nodes}
        if module.path not in patch.facts.settings.holders:
            _in_child(patch, given)
        elif module.assignments("TEMPLATES"):
            _drop_dead(patch, given)
        elif not given:
            _write_default(patch)
        elif all(len(nodes) <= 1 for nodes in found.values()) and _is_plain(patch, given):
            last = max(given.values(), key=lambda one: one.start_byte)
            values = {name: _value(patch, node) for name, node in given.items()}
            patch.replace(last, f"TEMPLATES = {_text(values, line_end(module.body).decode(), '')}")
            for node in given.values():
                if node != last:
                    drop_statement(patch, node)
        else:
            for node in given.values():
                patch.report(node)
    _in_configure(patch)
    _in_code(patch)


def _is_plain(patch: Patch, given: dict[str, Node]) -> bool:
    """Whether each setting stands at the top of the module, once, and nothing else in the module builds on it."""
    if any(patch.skips(node) for node in given.values()):
        return False
    blocks = [statement_of(node).parent for node in given.values()]
    if any(one is None or one.type != "module" for one in blocks):
        return False
    if any(text_of(field(node, "right")).count(b"\n") and _TRIPLE.search(text_of(node)) for node in given.values()):
        return False
    return all(
        one == field(node, "left") or _GLOBAL in patch.module.origins(one)
        for name, node in given.items()
        for one in patch.module.spelled(name)
        if one.parent is not None and one.parent.type not in {"dotted_name", "aliased_import", "attribute"}
    )


def _value(patch: Patch, assignment: Node) -> str:
    """The value of a setting as written, with Django's own default in place of its name."""
    value = field(assignment, "right")
    if value is None:
        return ""
    text = text_of(value).decode()
    for node in sorted(walk(value), key=lambda one: -one.start_byte):
        if node.type in {"identifier", "attribute"} and _GLOBAL in patch.module.origins(node):
            beside = node.parent
            is_list = beside is not None and any(one.type == "list" for one in beside.named_children)
            opening, closing = ("[", "]") if is_list else ("(", ")")
            lines = [opening, *(f'    "{one}",' for one in _PROCESSORS), closing]
            default = "\n".join(lines)
            start, end = node.start_byte - value.start_byte, node.end_byte - value.start_byte
            text = (text_of(value)[:start] + default.encode() + text_of(value)[end:]).decode()
            break
    return text


def _text(values: dict[str, str], newline: str, indent: str) -> str:
    """The text of the setting, from the values of the old ones as written."""
    loaders = values.get("TEMPLATE_LOADERS", "")
    default = not loaders or _is_default(loaders)
    options = {"context_processors": values.get("TEMPLATE_CONTEXT_PROCESSORS", "")}
    if not options["context_processors"]:
        options["context_processors"] = "\n".join(["[", *(f'    "{one}",' for one in _PROCESSORS), "]"])
    if not default:
        options["loaders"] = loaders
    if values.get("TEMPLATE_DEBUG", "DEBUG") != "DEBUG":
        options["debug"] = values["TEMPLATE_DEBUG"]
    if "TEMPLATE_STRING_IF_INVALID" in values:
        options["string_if_invalid"] = values["TEMPLATE_STRING_IF_INVALID"]
    lines = ["[", "    {", '        "BACKEND": "django.template.backends.django.DjangoTemplates",']
    lines.append(f'        "DIRS": {_deeper(values.get("TEMPLATE_DIRS", "[]"), 8)},')
    lines += ['        "APP_DIRS": True,'] if default else []
    lines += ['        "OPTIONS": {', *(f'            "{key}": {_deeper(one, 12)},' for key, one in options.items())]
    lines += ["        },", "    },", "]"]
    return newline.join(f"{indent}{line}" if place else line for place, line in enumerate("\n".join(lines).split("\n")))


def _deeper(text: str, columns: int) -> str:
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join([lines[0], *(" " * columns + line if line.strip() else line for line in lines[1:])])


def _is_default(loaders: str) -> bool:
    """Whether the loaders are those that Django has by itself, in their order; the one for eggs does not count."""
    named = re.findall(r"""^[^#\n]*?['"]([\w.]+)['"]""", loaders.replace(",", ",\n").replace("(", "(\n"), re.MULTILINE)
    bare = [re.sub(r"\.(?:Loader|load_template_source)$", "", one) for one in named]
    return [one for one in bare if one != _EGGS] == [*_LOADERS] and "cached" not in loaders


def _drop_dead(patch: Patch, given: dict[str, Node]) -> None:
    """Beside ``TEMPLATES`` the old settings mean nothing, unless the module uses them itself."""
    for name, node in given.items():
        if len(patch.module.spelled(name)) == 1 and not patch.skips(node):
            drop_statement(patch, node)


def _write_default(patch: Patch) -> None:
    module = patch.module
    elsewhere = patch.facts.settings.given_elsewhere.intersection(("TEMPLATES", *OLD))
    place = pin_place(module, ("ROOT_URLCONF", "MIDDLEWARE_CLASSES", "MIDDLEWARE", "INSTALLED_APPS"))
    if place is None or elsewhere or module.spelled("TEMPLATES") or any(module.spelled(one) for one in OLD):
        return
    newline = line_end(module.body).decode()
    before = "" if module.body[place - 1 : place] == b"\n" else newline
    after = newline if module.body[place : module.body.find(b"\n", place) + 1 or len(module.body)].strip() else ""
    text = f"{before}{newline}TEMPLATES = {_text({}, newline, '')}{newline}{after}"
    patch.edit(Edit(start=place, end=place, text=text.encode()))


def _in_child(patch: Patch, given: dict[str, Node]) -> None:
    """A module on top of other settings: ``TEMPLATE_DEBUG = DEBUG`` goes, as ``debug`` follows DEBUG by itself."""
    debug = [text_of(field(one, "right")) for one in patch.module.assignments("DEBUG")]
    for name, node in given.items():
        value = text_of(field(node, "right"))
        if name == "TEMPLATE_DEBUG" and (value == b"DEBUG" or value in debug) and not patch.skips(node):
            drop_statement(patch, node)
        else:
            patch.report(node)
    for name in OLD:
        for node in patch.module.spelled(name):
            if node.parent is not None and node.parent.type == "augmented_assignment":
                patch.report(node)


def _in_configure(patch: Patch) -> None:
    for call in patch.module.calls(CONFIGURE):
        names = {one.name for one in call.arguments}
        if call.unpacks or "INSTALLED_APPS" not in names or "TEMPLATES" in names or patch.skips(call.node):
            continue
        old = [one for one in call.arguments if one.name in OLD]
        values = {one.name: text_of(one.value).decode() for one in old}
        if any("\n" in one for one in values.values()):
            patch.report(call.node)
            continue
        line = patch.module.body.rfind(b"\n", 0, call.arguments[-1].node.start_byte) + 1
        lead = patch.module.body[line : call.arguments[-1].node.start_byte].decode()
        text = (
            f"TEMPLATES={_text(values, line_end(patch.module.body).decode(), ' ' * (len(lead) - len(lead.lstrip())))}"
        )
        if old:
            patch.replace(old[0].node, text)
            for one in old[1:]:
                patch.edit(remove_item(patch.module.body, call.brackets, one.node))
        else:
            patch.edit(append_items(patch.module.body, call.brackets, [text]))


def _in_code(patch: Patch) -> None:
    for name in OLD:
        for node in patch.module.uses(f"django.conf.settings.{name}"):
            patch.report(node)
    for call in (one for name in OVERRIDES for one in patch.module.calls(name)):
        if any(one.name in OLD for one in call.arguments):
            patch.report(call.node)


_OLD_TEMPLATES = re.compile("|".join(OLD).encode())


def gives_templates(body: bytes, path: PurePosixPath, facts: Facts) -> bool:
    """Whether a file holds settings, or a call that gives some."""
    return path in facts.settings.modules or b"configure" in body or bool(_OLD_TEMPLATES.search(body))
