"""Imports of a module that lies beside: Python 3 takes them for modules on the path."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.edits import Edit
from djup.source.names import Imported
from djup.source.tree import field, text_of


def relative_imports(patch: Patch) -> None:
    """``from models import Book`` in a package with such a module is ``from .models import Book``.

    https://docs.python.org/3/whatsnew/3.0.html#changed-syntax
    """
    path, body = patch.module.path, patch.module.body
    beside = patch.facts.imports.siblings.get(path.parent, frozenset())
    if not beside or "manage" in beside or b"absolute_import" in body or b"__main__" in body:
        return
    done: set[int] = set()
    for one in patch.module.imports:
        top = one.module.split(".")[0]
        if top not in beside or top == path.stem or one.statement.start_byte in done or patch.skips(one.item):
            continue
        done.add(one.statement.start_byte)
        if one.name:
            module = field(one.statement, "module_name")
            if module is not None:
                patch.edit(Edit(start=module.start_byte, end=module.start_byte, text=b"."))
        else:
            _plain(patch, one)


def _plain(patch: Patch, one: Imported) -> None:
    """``import models`` is ``from . import models``; of more at once, or of a part of a package, a person must say."""
    names = one.statement.children_by_field_name("name")
    if len(names) != 1 or "." in one.module:
        patch.report(one.statement)
        return
    patch.replace(one.statement, f"from . import {text_of(names[0]).decode()}")
