"""Point at the first model of each app that has no migrations."""

from __future__ import annotations

from tree_sitter import Node

from djup.facts.files import package_of
from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.class_bodies import attributes_of, methods_of
from djup.source.strings import string_value
from djup.source.tree import text_of

_MODELS = ("django.db.models.Model", "django.db.models.base.Model")


def apps_without_migrations(patch: Patch) -> None:
    """Point at the first model of each app that has no migrations."""
    path = patch.module.path
    if path.name != "models.py" or path.parent in patch.facts.migrations.apps:
        return
    for definition in _models(patch)[:1]:
        patch.report(definition)


def initial_data(patch: Patch) -> None:
    """Point at the first model of each app with data that was loaded by itself."""
    path = patch.module.path
    if path.name == "models.py" and path.parent in patch.facts.apps.initial_data:
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


_RELATIONS = ("ForeignKey", "OneToOneField", "ManyToManyField")


def unmigrated_relations(patch: Patch) -> None:
    """Point at models of an app without migrations that are related to another app's."""
    folder = patch.module.path.parent
    package = folder.parent if folder.name == "models" else folder
    if patch.module.path.stem != "models" and folder.name != "models":
        return
    if package in patch.facts.migrations.apps or not patch.facts.migrations.apps or package_of(patch.module.path) == "":
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
