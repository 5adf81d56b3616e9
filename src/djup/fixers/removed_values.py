"""Classes, constants and functions that are gone, each replaced by what it was."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.patch import Patch
from djup.source import tree as syntax
from djup.source.calls import call_of, remove_item
from djup.source.edits import Edit
from djup.source.made import is_made_by
from djup.source.strings import literal
from djup.source.tree import field, text_of

_FAST = "django.contrib.auth.hashers.MD5PasswordHasher"
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
    for node in patch.module.uses("django.utils.itercompat.is_iterable"):
        call = call_of(node)
        if patch.skips(node):
            continue
        if call is None or len(call.positional) != 1 or len(call.arguments) != 1:
            patch.report(node)
        else:
            kind = patch.need("collections.abc", "Iterable", node)
            patch.replace(call.node, f"isinstance({text_of(call.positional[0].value).decode()}, {kind})")


def old_hashers(patch: Patch) -> None:
    """Take password hashers that are gone out of lists; one that stood alone, as in settings of tests, is MD5.

    https://docs.djangoproject.com/en/4.2/releases/4.2/#features-deprecated-in-4-2
    """
    gone = set(patch.change.seen.strings)
    settled: set[int] = set()
    for node in (one for value in patch.change.seen.strings for one in patch.module.strings(value)):
        holder, one = node.parent, literal(node)
        if holder is None or one is None or holder.type not in {"list", "tuple"} or patch.skips(node):
            continue
        items = [item for item in holder.named_children if item.type != "comment"]
        left = [item for item in items if not _is_one_of(item, gone)]
        if left and holder.id not in settled:
            settled.add(holder.id)  # the next waits for the next pass: their spans may touch
            patch.edit(remove_item(patch.module.body, holder, node))
        elif not left and items[0] == node:
            patch.edit(Edit(start=one.content_start, end=one.content_end, text=_FAST.encode()))


def _is_one_of(item: Node, values: set[str]) -> bool:
    one = literal(item)
    return one is not None and one.value in values


def admin_checkbox(patch: Patch) -> None:
    """``helpers.checkbox`` was a CheckboxInput that is never ticked (django/contrib/admin/helpers.py of 4.2).

    https://docs.djangoproject.com/en/5.0/releases/5.0/#miscellaneous
    """
    for node in patch.module.uses("django.contrib.admin.helpers.checkbox"):
        if not patch.skips(node):
            widget = patch.need("django.forms", "CheckboxInput", node)
            patch.replace(node, f'{widget}({{"class": "action-select"}}, lambda value: False)')


def collapse_script(patch: Patch) -> None:
    """Take the admin's collapse.js out of lists of scripts: the file is gone, fieldsets collapse by themselves.

    https://docs.djangoproject.com/en/5.1/releases/5.1/#miscellaneous
    """
    for node in (one for value in patch.change.seen.strings for one in patch.module.strings(value)):
        holder = node.parent
        if holder is None or holder.type not in {"list", "tuple"} or patch.skips(node):
            continue
        if len([one for one in holder.named_children if one.type != "comment"]) > 1 or holder.type == "list":
            patch.edit(remove_item(patch.module.body, holder, node))
        else:
            patch.replace(holder, "()")


def lon_lat(patch: Patch) -> None:
    """``GeoIP2().coords(query)`` is ``lon_lat(query)``, where no order is asked for.

    https://docs.djangoproject.com/en/5.1/releases/5.1/#features-deprecated-in-5-1
    """
    homes = ("django.contrib.gis.geoip2.GeoIP2", "django.contrib.gis.geoip2.base.GeoIP2")
    for node in patch.module.attributes("coords"):
        call, name = call_of(node), field(node, "attribute")
        if (
            call is None
            or name is None
            or not is_made_by(patch.module, field(node, "object"), homes)
            or patch.skips(node)
        ):
            continue
        if len(call.arguments) == 1 and call.positional:
            patch.replace(name, "lon_lat")
        else:
            patch.report(node)


def raw_columns(patch: Patch) -> None:
    """``order_by("table.column")`` is ``order_by(RawSQL("table.column", []))``, ``-`` before it is ``desc()``.

    https://docs.djangoproject.com/en/3.1/releases/3.1/#features-deprecated-in-3-1
    """
    foreign = any(one.module.startswith("sqlalchemy") for one in patch.module.imports)
    for call in patch.module.calls(".order_by") if not foreign else ():
        for given in call.positional:
            one = literal(given.value)
            parts = one.value.removeprefix("-").split(".") if one is not None else []
            if one is None or len(parts) != len("tc") or not all(part.isidentifier() for part in parts):
                continue
            if patch.skips(given.node):
                continue
            raw = patch.need("django.db.models.expressions", "RawSQL", given.node)
            text = f'{raw}("{".".join(parts)}", [])'
            patch.replace(given.value, f"{text}.desc()" if one.value.startswith("-") else text)


def mail_default(patch: Patch) -> None:
    """``get_connection()`` is ``mailers.default``; given to what sends mail, it is what that takes anyway.

    https://docs.djangoproject.com/en/6.1/howto/mailers-migration/
    """
    senders = ("send_mail", "send_mass_mail", "mail_admins", "mail_managers", "EmailMessage", "EmailMultiAlternatives")
    for node in patch.module.uses("django.core.mail.get_connection"):
        call = call_of(node)
        if call is None or call.arguments or patch.skips(node):
            patch.report(node)
            continue
        around = call.node.parent
        brackets = around.parent if around is not None and around.type == "keyword_argument" else None
        sender = (
            text_of(field(brackets.parent, "function")).decode() if brackets is not None and brackets.parent else ""
        )
        is_connection = around is not None and text_of(field(around, "name")) == b"connection"
        if is_connection and around is not None and brackets is not None and sender.rpartition(".")[2] in senders:
            patch.edit(remove_item(patch.module.body, brackets, around))
        else:
            patch.replace(call.node, f"{patch.need('django.core.mail', 'mailers', node)}.default")


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
