"""``default_app_config``: Django 3.2 and later find the AppConfig of an app by themselves."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import own_method, own_option, subclasses
from djup.fixers.syntax.statements import drop_statement
from djup.source.strings import string_value
from djup.source.tree import field


def default_app_config(patch: Patch) -> None:
    """Take the line out of a package's ``__init__.py``, where its ``apps.py`` has that AppConfig and no other."""
    if patch.module.path.name != "__init__.py":
        return
    package = patch.module.path.parent
    configs = patch.facts.apps.configs.get(package, ())
    for assignment in patch.module.assignments("default_app_config"):
        named = string_value(field(assignment, "right")) or ""
        if patch.skips(assignment):
            continue
        if len(configs) == 1 and named.endswith(f"{package.name}.apps.{configs[0]}"):
            drop_statement(patch, assignment)
        else:
            patch.report(assignment)


def app_config_discovery(patch: Patch) -> None:
    """Point at a lone AppConfig with a ``ready()`` that its package did not name: it is used now all the same."""
    package = patch.module.path.parent
    if patch.module.path.name != "apps.py" or package in patch.facts.apps.named_configs:
        return
    configs = subclasses(patch.module, "AppConfig")
    for config in configs if len(configs) == 1 else ():
        ready = own_method(patch.module, config, "ready")
        if ready is not None and own_option(patch.module, config, "default") is None:
            patch.report(config)
