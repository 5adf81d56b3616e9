"""What the app registry of Django 1.7 changed: signals, commands, where models lie and how they are asked for.

https://docs.djangoproject.com/en/1.8/releases/1.7/#app-loading-changes
"""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from djup.fixers.class_bodies import attributes_of, methods_of
from djup.fixers.patch import Patch
from djup.knowledge.search import has_base
from djup.source import tree as syntax
from djup.source.calls import Call, call_of
from djup.source.imports import Wanted
from djup.source.tree import field, text_of, walk

_SIGNALS = {"pre_syncdb": "pre_migrate", "post_syncdb": "post_migrate"}
_HOME = "django.db.models.signals"
_GONE = {"app", "created_models", "db"}
_MODELS = ("django.db.models.Model", "django.db.models.base.Model")


def sync_signals(patch: Patch) -> None:
    """``post_syncdb.connect(receiver)`` is ``post_migrate.connect(receiver)``, where it needs nothing that is gone.

    That are a sender, a module before and an AppConfig now, and receivers that read ``app`` or ``created_models``.
    """
    for old, new in _SIGNALS.items():
        uses = patch.module.uses(f"{_HOME}.{old}")
        if not uses or not all(_plain_connect(patch, node) for node in uses):
            continue
        for one in patch.module.imported(f"{_HOME}.{old}"):
            if not one.conditional and not patch.skips(one.item):
                alias = one.alias if one.alias != new else ""
                patch.rename_import(one, Wanted(module=_HOME, name=new, alias=alias, after=one.statement))
        for node in uses:
            name = node if node.type == "identifier" else field(node, "attribute")
            if name is not None and text_of(name).decode() == old and not patch.skips(node):
                patch.replace(name, new)


def _plain_connect(patch: Patch, node: Node) -> bool:
    """Whether a use connects a receiver of this file to every sender."""
    attribute = node.parent
    if attribute is None or attribute.type != "attribute" or text_of(field(attribute, "attribute")) != b"connect":
        return False
    call = call_of(attribute)
    if call is None or call.unpacks or call.keyword("sender") or len(call.positional) != 1:
        return False
    definition = _function(patch, call.positional[0].value)
    if definition is None:
        return False
    return not any(one.type == "identifier" and text_of(one).decode() in _GONE for one in walk(definition))


def _function(patch: Patch, name: Node) -> Node | None:
    """The one function of the module that a name stands for."""
    if name.type != "identifier":
        return None
    found = [
        node.parent
        for node in patch.module.spelled(text_of(name).decode())
        if node.parent is not None and node.parent.type == "function_definition" and field(node.parent, "name") == node
    ]
    return found[0] if len(found) == 1 else None


def handle_app(patch: Patch) -> None:
    """``handle_app(app)`` of a command is ``handle_app_config(app_config)``; ``app`` is its ``models_module``."""
    for definition in patch.module.methods("handle_app"):
        owner, parameters = syntax.within(definition, "class_definition"), field(definition, "parameters")
        name, body = field(definition, "name"), field(definition, "body")
        if owner is None or parameters is None or name is None or body is None or patch.skips(definition):
            continue
        if not has_base(patch.module, owner, ("AppCommand",)):
            continue
        plain = [one for one in parameters.named_children if one.type == "identifier"]
        word = text_of(plain[1]).decode() if len(plain) > 1 else ""
        spelled = [node for node in patch.module.spelled(word) if body.start_byte <= node.start_byte < body.end_byte]
        uses = [node for node in spelled if patch.module.resolve(node) == [None]]
        if not word or uses != spelled or len(patch.module.bindings(word)) != 1:
            patch.report(definition)
            continue
        patch.replace(name, "handle_app_config")
        patch.replace(plain[1], "app_config")
        for node in uses:
            patch.replace(node, "app_config.models_module")


def models_loading(patch: Patch) -> None:
    """The functions of ``django.db.models.loading`` are methods of ``django.apps.apps``."""
    rewrites: dict[str, Callable[[Patch, Call], bool]] = {
        "get_model": _get_model, "get_models": _get_models, "get_app": _get_app,
    }  # fmt: skip
    for name, rewrite in rewrites.items():
        for home in ("django.db.models", "django.db.models.loading", "django.db.models.loading.cache"):
            for node in patch.module.uses(f"{home}.{name}"):
                call = call_of(node)
                if not patch.skips(node) and (call is None or not rewrite(patch, call)):
                    patch.report(node)


def _get_model(patch: Patch, call: Call) -> bool:
    plain = len(call.positional) == len(call.arguments) and len(call.positional) in {1, 2}
    if not plain and [one.stars for one in call.arguments] != ["*"]:
        return False
    patch.replace(call.function, f"{patch.need('django.apps', 'apps', call.node)}.get_model")
    return True


def _get_models(patch: Patch, call: Call) -> bool:
    if call.arguments:
        return False
    patch.replace(call.function, f"{patch.need('django.apps', 'apps', call.node)}.get_models")
    return True


def _get_app(patch: Patch, call: Call) -> bool:
    if len(call.arguments) != 1 or len(call.positional) != 1:
        return False
    label = text_of(call.positional[0].value).decode()
    patch.replace(call.node, f"{patch.need('django.apps', 'apps', call.node)}.get_app_config({label}).models_module")
    return True


def apps_without_migrations(patch: Patch) -> None:
    """Point at the first model of each app that has no migrations."""
    path = patch.module.path
    if path.name != "models.py" or path.parent in patch.facts.migrations:
        return
    for definition in _models(patch)[:1]:
        patch.report(definition)


def initial_data(patch: Patch) -> None:
    """Point at the first model of each app with data that was loaded by itself."""
    path = patch.module.path
    if path.name == "models.py" and path.parent in patch.facts.initial_data:
        for definition in _models(patch)[:1]:
            patch.report(definition)


def models_outside_apps(patch: Patch) -> None:
    """Point at models that lie in no module named models, and name no app."""
    path = patch.module.path
    if path.stem == "models" or "models" in path.parts:
        return
    for definition in _models(patch):
        patch.report(definition)


def _models(patch: Patch) -> list[Node]:
    """The classes derived from Model itself that make a table, and say nothing of their app."""
    found = []
    for definition in patch.module.classes():
        if not any(base in _MODELS for base in patch.module.bases(definition)):
            continue
        meta = methods_of(definition).get("Meta")
        given = attributes_of(meta) if meta is not None else {}
        if text_of(given.get("abstract")) != b"True" and "app_label" not in given:
            found.append(definition)
    return found
