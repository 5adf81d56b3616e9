"""Places in models and files where a change of behaviour may matter."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.classes import class_of, own_option, returns, subclasses
from djup.fixers.patch import Patch
from djup.source import tree as syntax
from djup.source.made import is_made_by
from djup.source.strings import string_value
from djup.source.tree import field, text_of

_MODELS = ("Model", "django.db.models.Model", "models.Model")
_CONTENT = ("django.core.files.base.ContentFile", "django.core.files.ContentFile")
_CONDITIONS = {"if_statement", "elif_clause", "while_statement", "not_operator", "boolean_operator"}
_FILE = ("django.core.files.File", "django.core.files.base.File")


def abstract_instances(patch: Patch) -> None:
    """Point at calls of abstract models that the module itself declares."""
    for assignment in patch.module.assignments("abstract"):
        meta = class_of(assignment)
        model = None if meta is None else class_of(meta)
        if meta is None or model is None or text_of(field(meta, "name")) != b"Meta":
            continue
        if text_of(field(assignment, "right")) != b"True":
            continue
        name = text_of(field(model, "name")).decode()
        for node in patch.module.spelled(name):
            around = node.parent
            if around is not None and around.type == "call" and field(around, "function") == node:
                patch.report(around)


def null_text(patch: Patch) -> None:
    """Point at text fields that may be left blank and may be null: forms save null for them."""
    for call in patch.module.calls("django.db.models.CharField"):
        given = {one.name: text_of(one.value) for one in call.arguments}
        if given.get("null") == given.get("blank") == b"True":
            patch.report(call.node)


def default_keys(patch: Patch) -> None:
    """Point at primary keys with a default: a new instance with such a key is always inserted."""
    for owner in subclasses(patch.module, *_MODELS):
        for node in syntax.walk(owner):
            name = text_of(field(node, "name")) if node.type == "keyword_argument" else b""
            call = node.parent.parent if name == b"primary_key" and node.parent is not None else None
            if call is None or text_of(field(node, "value")) != b"True":
                continue
            given = {text_of(field(one, "name")) for one in syntax.walk(call) if one.type == "keyword_argument"}
            if b"default" in given:
                patch.report(call)


def save_update_fields(patch: Patch) -> None:
    """Point at ``save()`` of models that sets fields and knows nothing of ``update_fields``."""
    for owner in subclasses(patch.module, *_MODELS):
        for definition in patch.module.methods("save"):
            if (
                class_of(definition) == owner
                and b"update_fields" not in text_of(definition)
                and _sets_fields(definition)
            ):
                patch.report(definition)


def _sets_fields(definition: Node) -> bool:
    for node in syntax.walk(definition):
        left = field(node, "left") if node.type in {"assignment", "augmented_assignment"} else None
        if left is not None and left.type == "attribute" and text_of(field(left, "object")) == b"self":
            return not text_of(field(left, "attribute")).startswith(b"_")
    return False


def file_without_name(patch: Patch) -> None:
    """Point at content without a name that is given to a field of files."""
    for call in (one for home in _CONTENT for one in patch.module.calls(home)):
        target = call.node.parent
        left = field(target, "left") if target is not None and target.type == "assignment" else None
        if left is not None and left.type == "attribute" and len(call.arguments) == 1:
            patch.report(call.node)


def file_truth(patch: Patch) -> None:
    """Point at conditions that are a ``File`` made in the same scope."""
    for call in (one for home in _FILE for one in patch.module.calls(home)):
        target = call.node.parent
        left = field(target, "left") if target is not None and target.type == "assignment" else None
        if left is None or left.type != "identifier":
            continue
        for node in patch.module.spelled(text_of(left).decode()):
            if _is_condition(node) and is_made_by(patch.module, node, _FILE):
                patch.report(node)


def _is_condition(node: Node) -> bool:
    around = node.parent
    if around is None or around.type not in _CONDITIONS:
        return False
    return around.type in {"not_operator", "boolean_operator"} or field(around, "condition") == node


def node_render_text(patch: Patch) -> None:
    """Turn numbers that ``render()`` of a template node returns into strings, as Django did until then.

    https://docs.djangoproject.com/en/4.0/releases/4.0/#miscellaneous
    """
    for owner in subclasses(patch.module, "django.template.Node", "django.template.base.Node", "template.Node"):
        for definition in patch.module.methods("render"):
            for one in returns(definition) if class_of(definition) == owner else ():
                value = one.named_children[0] if one.named_children else None
                if value is None or patch.skips(one):
                    continue
                if value.type in {"integer", "float"}:
                    patch.replace(value, f'"{text_of(value).decode()}"')
                elif value.type == "call" and text_of(field(value, "function")) == b"len":
                    patch.replace(value, f"str({text_of(value).decode()})")
                elif value.type in {"none", "true", "false"}:
                    patch.report(value)


def sitemap_protocol(patch: Patch) -> None:
    """Point at sitemaps that do not say their protocol."""
    for owner in subclasses(patch.module, "django.contrib.sitemaps.Sitemap", "django.contrib.sitemaps.GenericSitemap"):
        if own_option(patch.module, owner, "protocol") is None:
            patch.report(owner)


def converter_names(patch: Patch) -> None:
    """Point at converters registered under a name that Django uses."""
    for home in ("django.urls.register_converter", "django.urls.converters.register_converter"):
        for call in patch.module.calls(home):
            if len(call.positional) > 1 and string_value(call.positional[1].value) in {
                "int",
                "path",
                "slug",
                "str",
                "uuid",
            }:
                patch.report(call.node)
