"""Calls that say the same in another way now: other names, other arguments."""

from __future__ import annotations

from djup.fixers.classes import class_of, subclasses
from djup.fixers.patch import Patch, receiver_of
from djup.source.calls import call_of, remove_item, rename_keyword
from djup.source.edits import Edit
from djup.source.made import is_made_by
from djup.source.tree import field, text_of

_ZONES = ("django.utils.timezone.get_current_timezone", "django.utils.timezone.get_default_timezone")


def xreadlines(patch: Patch) -> None:
    """``request.xreadlines()`` is the request itself (django/http/request.py of 2.0).

    https://docs.djangoproject.com/en/2.0/releases/2.0/#features-deprecated-in-2-0
    """
    for node in patch.module.attributes("xreadlines"):
        call, receiver = call_of(node), receiver_of(node)
        if (
            call is not None
            and not call.arguments
            and receiver.rpartition(".")[2] == "request"
            and not patch.skips(node)
        ):
            patch.replace(call.node, receiver)


def limited_parse_qsl(patch: Patch) -> None:
    """``limited_parse_qsl()`` is ``urllib.parse.parse_qsl()``, ``fields_limit`` its ``max_num_fields``.

    https://docs.djangoproject.com/en/3.2/releases/3.2/#miscellaneous
    """
    for node in patch.module.uses("django.utils.http.limited_parse_qsl"):
        call = call_of(node)
        if patch.skips(node):
            continue
        if call is None or len(call.positional) > len(["qs", "keep_blank_values"]) or call.unpacks:
            patch.report(node)
            continue
        patch.replace(node, patch.need("urllib.parse", "parse_qsl", node))
        limit = call.keyword("fields_limit")
        if limit is not None:
            patch.edit(rename_keyword(limit, "max_num_fields"))


def log_response_exception(patch: Patch) -> None:
    """``exc_info=sys.exc_info()`` is ``exception=sys.exc_info()[1]``; other values are left to a person.

    https://docs.djangoproject.com/en/4.1/releases/4.1/#miscellaneous
    """
    for call in patch.module.calls("django.utils.log.log_response"):
        given = call.keyword("exc_info")
        if given is not None and text_of(given.value) == b"sys.exc_info()" and not patch.skips(call.node):
            patch.replace(given.node, "exception=sys.exc_info()[1]")


def get_converter(patch: Patch) -> None:
    """``get_converter(name)`` is ``get_converters()[name]``.

    https://docs.djangoproject.com/en/5.1/releases/5.1/#miscellaneous
    """
    for call, name in patch.calls_with_one("django.urls.converters.get_converter"):
        patch.replace(call.node, f"{patch.need('django.urls.converters', 'get_converters', call.node)}()[{name}]")


def zone_methods(patch: Patch) -> None:
    """``get_current_timezone().localize(day)`` is ``make_aware(day, get_current_timezone())``.

    https://docs.djangoproject.com/en/4.0/releases/4.0/#zoneinfo-default-timezone-implementation
    """
    for name in ("localize", "normalize"):
        for node in patch.module.attributes(name):
            if not is_made_by(patch.module, field(node, "object"), _ZONES) or patch.skips(node):
                continue
            call = call_of(node)
            if name == "normalize" or call is None or len(call.arguments) != 1 or not call.positional:
                patch.report(node)
                continue
            day = text_of(call.positional[0].value).decode()
            aware = patch.need("django.utils.timezone", "make_aware", node)
            patch.replace(call.node, f"{aware}({day}, {receiver_of(node)})")


def login_user(patch: Patch) -> None:
    """``login(request, None)`` logs in ``request.user``.

    https://docs.djangoproject.com/en/5.2/releases/5.2/#features-deprecated-in-5-2
    """
    for name, user in (("login", "{}.user"), ("alogin", "await {}.auser()")):
        for call in patch.module.calls(f"django.contrib.auth.{name}"):
            given = call.keyword("user") or (call.positional[1] if len(call.positional) > 1 else None)
            if given is None or text_of(given.value) != b"None" or patch.skips(call.node):
                continue
            request = call.keyword("request") or (call.positional[0] if call.positional else None)
            if request is None or request.value.type not in {"identifier", "attribute"}:
                patch.report(call.node)
            else:
                patch.replace(given.value, user.format(text_of(request.value).decode()))


def parse_bits_context(patch: Patch) -> None:
    """Take ``takes_context`` out of ``parse_bits()`` where it is nothing.

    https://docs.djangoproject.com/en/6.1/releases/6.1/#miscellaneous
    """
    old = 10
    for call in patch.module.calls("django.template.library.parse_bits"):
        given = call.keyword("takes_context") or (call.positional[8] if len(call.positional) == old else None)
        if given is None or patch.skips(call.node):
            continue
        if text_of(given.value) in {b"False", b"None"}:
            patch.edit(remove_item(patch.module.body, call.brackets, given.node))
        else:
            patch.report(call.node)


def blank_choice_dash(patch: Patch) -> None:
    """Write ``BLANK_CHOICE_DASH`` out (django/db/models/fields/__init__.py).

    https://docs.djangoproject.com/en/6.1/releases/6.1/#features-deprecated-in-6-1
    """
    for home in ("django.db.models.fields.BLANK_CHOICE_DASH", "django.db.models.BLANK_CHOICE_DASH"):
        for node in patch.module.uses(home):
            if not patch.skips(node):
                patch.replace(node, '[("", "---------")]')


def constraint_keywords(patch: Patch) -> None:
    """Name the arguments that constraints of one's own pass to ``BaseConstraint``.

    https://docs.djangoproject.com/en/5.0/releases/5.0/#features-deprecated-in-5-0
    """
    names = ("name", "violation_error_message")
    owners = subclasses(patch.module, "django.db.models.BaseConstraint", "django.db.models.constraints.BaseConstraint")
    for call in patch.module.calls(".__init__"):
        if class_of(call.node) not in owners or not text_of(field(call.function, "object")).startswith(b"super("):
            continue
        if patch.skips(call.node) or call.unpacks or len(call.positional) > len(names):
            continue
        for place, one in enumerate(call.positional):
            start = one.node.start_byte
            patch.edit(Edit(start=start, end=start, text=f"{names[place]}=".encode()))


def password_texts(patch: Patch) -> None:
    """``make_password()`` takes text: numbers and UUIDs were turned into it.

    https://docs.djangoproject.com/en/3.1/releases/3.1/#miscellaneous
    """
    makers = ("uuid.uuid4", "uuid.uuid1", "random.randint", "random.randrange", "random.random", "time.time")
    for call in patch.module.calls("django.contrib.auth.hashers.make_password"):
        given = call.keyword("password") or (call.positional[0] if call.positional else None)
        if given is None or patch.skips(call.node):
            continue
        if given.value.type in {"integer", "float"} or is_made_by(patch.module, given.value, makers):
            patch.replace(given.value, f"str({text_of(given.value).decode()})")


def urlencode_lists(patch: Patch) -> None:
    """Point at ``urlencode()`` of lists without ``doseq``: they are encoded as they are written now."""
    for call in patch.module.calls("django.utils.http.urlencode"):
        query = call.positional[0].value if call.positional else None
        if query is None or query.type != "dictionary" or len(call.arguments) > 1:
            continue
        values = [field(one, "value") for one in query.named_children if one.type == "pair"]
        if any(one is not None and one.type in {"list", "tuple", "list_comprehension"} for one in values):
            patch.report(call.node)


def response_headers(patch: Patch) -> None:
    """``response._headers["location"][1]`` is ``response["location"]``; other uses of the pairs are a person's.

    https://docs.djangoproject.com/en/3.2/releases/3.2/#requests-and-responses
    """
    for node in patch.module.attributes("_headers"):
        pair = node.parent
        value = pair.parent if pair is not None else None
        if receiver_of(node).rpartition(".")[2] not in {"response", "resp", "res"} or patch.skips(node):
            continue
        is_pair = pair is not None and pair.type == "subscript" and field(pair, "value") == node
        name = field(pair, "subscript") if pair is not None and is_pair else None
        if name is not None and value is not None and text_of(field(value, "subscript")) == b"1":
            patch.replace(value, f"{receiver_of(node)}[{text_of(name).decode()}]")
        else:
            patch.report(node)
