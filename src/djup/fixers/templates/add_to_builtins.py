"""Libraries that code adds to the builtins are named in the settings, if these have TEMPLATES written out."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import assigned, keys
from djup.source.calls import append_items, call_of
from djup.source.statements import remove_statement
from djup.source.strings import string_value
from djup.source.tree import statement_of, walk

_DJANGO = "django.template.backends.django.DjangoTemplates"


def add_to_builtins(patch: Patch) -> None:
    """Libraries that code adds to the builtins are named in the settings, if these have TEMPLATES written out.

    https://docs.djangoproject.com/en/1.9/releases/1.9/#django-template-base-add-to-builtins-is-removed
    """
    for home in ("django.template", "django.template.base", "django.template.loader"):
        for node in patch.module.uses(f"{home}.add_to_builtins"):
            call = call_of(node)
            name = string_value(call.arguments[0].value) if call is not None and len(call.arguments) == 1 else None
            statement = statement_of(node)
            alone = call is not None and statement.type == "expression_statement" and statement.parent is not None
            if patch.skips(node):
                continue
            if name is None or not alone or not patch.facts.settings.declares_templates or statement.parent is None:
                patch.report(node)
            elif statement.parent.type == "module":
                patch.edit(remove_statement(patch.module.body, statement))
            else:
                patch.replace(statement, "pass")
    for _, value in assigned(patch, "TEMPLATES") if patch.facts.templates.builtins else ():
        for engine in (node for node in walk(value) if node.type == "dictionary"):
            _name_builtins(patch, engine)


def _name_builtins(patch: Patch, engine: Node) -> None:
    given = keys(engine)
    options = given.get("OPTIONS")
    if string_value(given.get("BACKEND")) != _DJANGO or options is None or options.type != "dictionary":
        return
    known = keys(options).get("builtins")
    if known is None:
        names = ", ".join(f'"{one}"' for one in patch.facts.templates.builtins)
        patch.edit(append_items(patch.module.body, options, [f'"builtins": [{names}]']))
