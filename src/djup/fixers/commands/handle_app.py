"""``handle_app(app)`` of a command is ``handle_app_config(app_config)``; ``app`` is its ``models_module``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.knowledge.search import has_base
from djup.source import tree as syntax
from djup.source.tree import field, text_of


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
