"""Classes, constants and functions that are gone, each replaced by what it was."""

from __future__ import annotations

from djup.fixers.patch import Patch
from djup.source import tree as syntax
from djup.source.calls import call_of
from djup.source.edits import Edit
from djup.source.strings import literal
from djup.source.tree import field, text_of

_PREFIX = b"%(_)s"


def fixed_offset(patch: Patch) -> None:
    """``FixedOffset(60, "x")`` is ``timezone(timedelta(minutes=60), "x")`` of datetime.

    https://docs.djangoproject.com/en/2.2/releases/2.2/#features-deprecated-in-2-2
    """
    for node in patch.module.uses("django.utils.timezone.FixedOffset"):
        call = call_of(node)
        if patch.skips(node):
            continue
        if (
            call is None
            or call.unpacks
            or len(call.positional) not in {1, 2}
            or len(call.arguments) > len(call.positional)
        ):
            patch.report(node)
            continue
        zone, delta = (patch.need("datetime", name, node) for name in ("timezone", "timedelta"))
        minutes, *name = (text_of(one.value).decode() for one in call.positional)
        patch.replace(call.node, f"{zone}({', '.join([f'{delta}(minutes={minutes})', *name])})")


def query_errors(patch: Patch) -> None:
    """``except InvalidQuery`` catches what the ORM raises itself: FieldDoesNotExist and FieldError.

    https://docs.djangoproject.com/en/3.1/releases/3.1/#features-deprecated-in-3-1
    """
    for node in patch.module.uses("django.db.models.query_utils.InvalidQuery"):
        clause = syntax.within(node, "except_clause", "block")
        if patch.skips(node):
            continue
        if clause is None or clause.type != "except_clause":
            patch.report(node)
            continue
        errors = [patch.need("django.core.exceptions", name, node) for name in ("FieldDoesNotExist", "FieldError")]
        inside = node.parent is not None and node.parent.type == "tuple"
        patch.replace(node, ", ".join(errors) if inside else f"({', '.join(errors)})")


def str_prefix(patch: Patch) -> None:
    """``str_prefix("%(_)s'a'")`` is ``"'a'"``: texts have no prefix on Python 3.

    https://docs.djangoproject.com/en/3.0/releases/3.0/#removed-private-python-2-compatibility-apis
    """
    for node in patch.module.uses("django.test.utils.str_prefix"):
        call = call_of(node)
        one = (
            literal(call.positional[0].node)
            if call is not None and len(call.arguments) == 1 and call.positional
            else None
        )
        if patch.skips(node):
            continue
        if call is None or one is None or text_of(call.positional[0].node).replace(_PREFIX, b"").count(b"%"):
            patch.report(node)
        else:
            text = text_of(call.positional[0].node).replace(_PREFIX, b"")
            patch.edit(Edit(start=call.node.start_byte, end=call.node.end_byte, text=text))


def is_iterable(patch: Patch) -> None:
    """``is_iterable(x)`` is ``isinstance(x, collections.abc.Iterable)``, as the deprecation says.

    https://docs.djangoproject.com/en/5.1/releases/5.1/#features-deprecated-in-5-1
    """
    for call, value in patch.calls_with_one("django.utils.itercompat.is_iterable"):
        kind = patch.need("collections.abc", "Iterable", call.node)
        patch.replace(call.node, f"isinstance({value}, {kind})")


def admin_checkbox(patch: Patch) -> None:
    """``helpers.checkbox`` was a CheckboxInput that is never ticked (django/contrib/admin/helpers.py of 4.2).

    https://docs.djangoproject.com/en/5.0/releases/5.0/#miscellaneous
    """
    for node in patch.module.uses("django.contrib.admin.helpers.checkbox"):
        if not patch.skips(node):
            widget = patch.need("django.forms", "CheckboxInput", node)
            patch.replace(node, f'{widget}({{"class": "action-select"}}, lambda value: False)')


def oracledb(patch: Patch) -> None:
    """``cx_Oracle`` goes on as ``oracledb``, under the name that the module knows it by.

    https://docs.djangoproject.com/en/5.0/releases/5.0/#features-deprecated-in-5-0
    """
    for one in patch.module.imports:
        if one.module != "cx_Oracle" or one.conditional or patch.skips(one.item):
            continue
        if one.name:
            module = field(one.statement, "module_name")
            if module is not None:
                patch.replace(module, "oracledb")
        else:
            patch.replace(one.item, f"oracledb as {one.local}")
