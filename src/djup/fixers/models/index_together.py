"""``index_together`` of a model: ``indexes``, and a migration that renames the index it made.

The new index gets the name that Django gives an unnamed one (``Index.set_name_with_model``), so the migration's
``RenameIndex`` leads to the very state of the model and ``makemigrations`` has nothing to add.
https://docs.djangoproject.com/en/4.2/releases/4.2/#meta-index-together-is-deprecated-in-favor-of-meta-indexes
"""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath

from tree_sitter import Node

from djup.fixers.engine.migrations import Operation
from djup.fixers.engine.patch import Patch
from djup.source import tree as syntax
from djup.source.calls import append_items, call_of
from djup.source.edits import Edit, whole_lines
from djup.source.strings import string_value
from djup.source.text import line_end
from djup.source.tree import field, statement_of, text_of

_TABLE_LIMIT = 60
RENAME_OR_ADD = '''\
class RenameIndex(migrations.RenameIndex):
    """Rename the index, or add it: from Django 5.1 on, SQLite loses it where a migration makes the table anew."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        model = from_state.apps.get_model(app_label, self.model_name)
        columns = [model._meta.get_field(name).column for name in self.old_fields]
        if schema_editor._constraint_names(model, columns, index=True, unique=False):
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        else:
            index = to_state.models[app_label, self.model_name_lower].get_index_by_name(self.new_name)
            schema_editor.add_index(to_state.apps.get_model(app_label, self.model_name), index)'''
"""The lookup of the index is that of Django's own RenameIndex (django/db/migrations/operations/models.py, 4.1)."""
USER_FIELDS = frozenset({"username", "first_name", "last_name", "email", "is_staff", "is_active", "date_joined"})
"""The fields of AbstractUser, each its own column (django/contrib/auth/models.py)."""


def index_together(patch: Patch) -> None:
    """Rewrite each ``Meta.index_together`` written out as names of fields that the class itself declares."""
    for assignment in patch.module.assignments("index_together"):
        meta = syntax.within(assignment, "class_definition")
        model = None if meta is None or meta.parent is None else syntax.within(meta.parent, "class_definition")
        if model is None or meta is None or text_of(field(meta, "name")) != b"Meta" or patch.skips(assignment):
            continue
        groups = _groups(field(assignment, "right"))
        operations = None if groups is None else _operations(patch, model, meta, groups)
        if groups is None or operations is None or not _rewrite(patch, assignment, meta, groups):
            patch.report(assignment)
            continue
        patch.operations += operations


def _groups(value: Node | None) -> list[list[str]] | None:
    """The field names of each index; one tuple of names alone is one index. None where they are not written out."""
    if value is None or value.type not in {"list", "tuple"}:
        return None
    items = [one for one in value.named_children if one.type != "comment"]
    names = [string_value(one) for one in items]
    if items and all(name is not None for name in names):
        return [[name for name in names if name is not None]]
    found = [_groups(one) for one in items]
    return None if None in found else [group for one in found if one for group in one]


def _rewrite(patch: Patch, assignment: Node, meta: Node, groups: list[list[str]]) -> bool:
    index = patch.need("django.db.models", "Index", assignment)
    texts = [f"{index}(fields=[{_quoted(group)}])" for group in groups]
    others = [one for one in patch.module.assignments("indexes") if syntax.within(one, "class_definition") == meta]
    if not others:
        indent = patch.module.body[: assignment.start_byte].rpartition(b"\n")[2].decode()
        step = line_end(patch.module.body).decode() + indent
        several = f"[{step}    " + f",{step}    ".join(texts) + f",{step}]"
        patch.replace(assignment, f"indexes = {f'[{texts[0]}]' if len(texts) == 1 else several}")
        return True
    given = field(others[0], "right")
    if len(others) > 1 or given is None or given.type != "list":
        return False
    patch.edit(append_items(patch.module.body, given, texts))
    statement = statement_of(assignment)
    start, end = whole_lines(patch.module.body, statement.start_byte, statement.end_byte)
    patch.edit(Edit(start=start, end=end, text=b""))
    return True


def _operations(patch: Patch, model: Node, meta: Node, groups: list[list[str]]) -> list[Operation] | None:
    """The renames that an app's migrations need; none where it has no migrations, None where a name is not sure."""
    options = {name: _option(meta, name) for name in ("abstract", "db_table", "app_label", "proxy", "managed")}
    package = package_of_app(patch.module.path)
    known = patch.facts.migrations.apps.get(package)
    if known is None:
        return []
    label = options["app_label"] or patch.facts.apps.labels.get(package) or package.name
    name = text_of(field(model, "name")).decode().lower()
    table = options["db_table"] or f"{label}_{name}"
    unsure = any(options[one] is not None for one in ("abstract", "proxy", "managed")) or "" in options.values()
    if unsure or len(known.leaves) != 1 or len(table) > _TABLE_LIMIT:
        return None
    found = []
    for group in groups:
        columns = [_column(patch, model, one) for one in group]
        if None in columns:
            return None
        new = index_name(table, [one for one in columns if one is not None])
        old = _quoted(group) + ("," if len(group) == 1 else "")
        # A table that no migration alters is never made anew.
        alone = len(known.names) == 1
        text = f'RenameIndex(model_name="{name}", new_name="{new}", old_fields=({old}))'
        found.append(
            Operation(
                package=package,
                label=label,
                text=f"migrations.{text}" if alone else text,
                helper="" if alone else RENAME_OR_ADD,
            )
        )
    return found


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _option(meta: Node, name: str) -> str | None:
    """The text an option of Meta is set to, ``""`` for one that is no text, None for none."""
    body = field(meta, "body")
    for statement in body.named_children if body is not None else ():
        assignment = statement.named_children[0] if statement.type == "expression_statement" else statement
        if assignment.type == "assignment" and text_of(field(assignment, "left")).decode() == name:
            return string_value(field(assignment, "right")) or ""
    return None


def _column(patch: Patch, model: Node, name: str) -> str | None:
    """The column of a field that the class declares; None where it does not, or does not say it plainly."""
    for assignment in patch.module.assignments(name):
        value = field(assignment, "right")
        if syntax.within(assignment, "class_definition") != model or value is None or value.type != "call":
            continue
        function = field(value, "function")
        call = call_of(function) if function is not None else None
        if call is None or function is None or call.unpacks:
            return None
        column = call.keyword("db_column")
        if column is not None:
            return string_value(column.value)
        kind = text_of(function).decode().rpartition(".")[2]
        return f"{name}_id" if kind.endswith("Key") or kind == "OneToOneField" else name
    return name if name in USER_FIELDS and _is_user(model) else None


def _is_user(model: Node) -> bool:
    """Whether a model derives from Django's own user, whose fields it does not declare itself."""
    bases = field(model, "superclasses")
    return bases is not None and b"AbstractUser" in text_of(bases)


def index_name(table: str, columns: list[str]) -> str:
    """The name Django gives an index of these columns: parts of table and column, and a digest of all of them."""
    digest = hashlib.md5(usedforsecurity=False)
    for part in (table, *columns, "idx"):
        digest.update(part.encode())
    name = f"{table[:11]}_{columns[0][:7]}_{digest.hexdigest()[:6]}_idx"
    return f"D{name[1:]}" if name[0] == "_" or name[0].isdigit() else name


def package_of_app(path: PurePosixPath) -> PurePosixPath:
    """The folder of the app that a models module belongs to."""
    return path.parent.parent if path.parent.name == "models" else path.parent
