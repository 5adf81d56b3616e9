"""Template libraries that need no ``load``."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.early_templates import is_bare
from djup.fixers.patch import Patch
from djup.fixers.site_settings import assigned, keys
from djup.fixers.templates import TemplatePatch, drop_tag
from djup.source.calls import append_items, call_of
from djup.source.statements import remove_statement
from djup.source.strings import string_value
from djup.source.templates import Token
from djup.source.tree import statement_of, walk

_DJANGO = "django.template.backends.django.DjangoTemplates"
_FUTURE = {b"url", b"ssi"}


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
            if name is None or not alone or not patch.facts.declares_templates or statement.parent is None:
                patch.report(node)
            elif statement.parent.type == "module":
                patch.edit(remove_statement(patch.module.body, statement))
            else:
                patch.replace(statement, "pass")
    for _, value in assigned(patch, "TEMPLATES") if patch.facts.builtins else ():
        for engine in (node for node in walk(value) if node.type == "dictionary"):
            _name_builtins(patch, engine)


def _name_builtins(patch: Patch, engine: Node) -> None:
    given = keys(engine)
    options = given.get("OPTIONS")
    if string_value(given.get("BACKEND")) != _DJANGO or options is None or options.type != "dictionary":
        return
    known = keys(options).get("builtins")
    if known is None:
        names = ", ".join(f'"{one}"' for one in patch.facts.builtins)
        patch.edit(append_items(patch.module.body, options, [f'"builtins": [{names}]']))


def load_from_future(patch: TemplatePatch) -> None:
    """``{% load url from future %}`` goes: the tags ``url`` and ``ssi`` are builtin as they are there.

    Where one of them names a variable the line stays, for without it a template of 1.4 reads just the same.
    https://docs.djangoproject.com/en/1.8/releases/1.7/#loading-ssi-and-url-template-tags-from-future-library
    """
    for token in patch.tokens:
        words = token.bits[1:]
        if token.name != "load" or [one.text for one in words[-2:]] != [b"from", b"future"]:
            continue
        gone = [one for one in words[:-2] if one.text in _FUTURE]
        if gone and any(names_a_variable(other) for other in patch.tokens):
            patch.report(token.start)
            continue
        if gone and len(gone) == len(words) - 2:
            drop_tag(patch, token)
        else:
            for one in gone:
                after = patch.tokens and token.bits[token.bits.index(one) + 1]
                patch.replace(one.start, after.start if after else one.end, b"")


def names_a_variable(token: Token) -> bool:
    """Whether a ``url`` or ``ssi`` tag names a variable that a template of 1.4 takes for a name."""
    return token.name.encode() in _FUTURE and len(token.bits) > 1 and is_bare(token.bits[1].text)
