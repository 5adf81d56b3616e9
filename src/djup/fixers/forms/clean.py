"""``clean()`` of a model of users calls the one it overrides: it evens out the name or the address."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.methods import first_statement, line_before, owner_of, parameters_of
from djup.knowledge.search import has_base
from djup.source.tree import field, text_of


def clean_super(patch: Patch) -> None:
    """``clean()`` of a model of users calls the one it overrides: it evens out the name or the address.

    https://docs.djangoproject.com/en/1.11/releases/1.11/#miscellaneous
    """
    bases = tuple(one.split()[-1] for one in patch.change.seen.words)
    for definition in patch.module.methods("clean"):
        owner, first = owner_of(definition), first_statement(definition)
        if owner is None or patch.skips(definition) or not has_base(patch.module, owner, bases):
            continue
        if len(parameters_of(definition)) != 1 or b"super(" in text_of(definition) or b".clean(" in text_of(definition):
            continue
        if first is None:
            patch.report(definition)
            continue
        name = text_of(field(owner, "name")).decode()
        line_before(patch, first, f"super({name}, self).clean()")
