"""Calls of early releases that take other arguments now, or that a person should look at."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.class_bodies import attributes_of, methods_of
from djup.fixers.patch import Patch
from djup.fixers.url_patterns import default_arguments
from djup.source.calls import Argument, Call, call_of, remove_item
from djup.source.edits import Edit
from djup.source.strings import literal, string_value
from djup.source.tree import field, text_of, walk, within

_NUMBERS = {"integer", "binary_operator", "float"}
_CACHE_PAGE = "django.views.decorators.cache.cache_page"
_F = ("django.db.models.F", "django.db.models.expressions.F")


def cache_page(patch: Patch) -> None:
    """``cache_page(view, 60)``, ``cache_page(60, view)`` and ``cache_page(view)`` are ``cache_page(60)(view)``.

    Without seconds the default held: ``CACHE_MIDDLEWARE_SECONDS``, 600 unless set.
    """
    for call in patch.module.calls(_CACHE_PAGE):
        plain = call.positional
        if patch.skips(call.node) or call.unpacks or len(plain) > 2:  # noqa: PLR2004  # a view and seconds
            continue
        numbers = [one for one in plain if one.value.type in _NUMBERS]
        views = [one for one in plain if one not in numbers]
        if len(plain) == 2 and len(numbers) == 1:  # noqa: PLR2004
            _curried(patch, call, numbers[0], views[0])
        elif len(plain) == 2 or (views and not _is_seconds(views[0])) or not call.arguments:  # noqa: PLR2004
            patch.report(call.node)


def _is_seconds(argument: Argument) -> bool:
    """Whether a name is written as a constant is: ``HOUR``, ``settings.CACHE_SECONDS``."""
    last = text_of(argument.value).decode().rpartition(".")[2]
    return last.isupper() or "timeout" in last or "second" in last


def _curried(patch: Patch, call: Call, seconds: Argument, view: Argument) -> None:
    rest = "".join(f", {text_of(one.node).decode()}" for one in call.arguments if one.name)
    text = f"({text_of(seconds.value).decode()}{rest})({text_of(view.value).decode()})"
    patch.replace(call.brackets, text)


def truncate_words(patch: Patch) -> None:
    """``truncate_words(s, n, end)`` is ``Truncator(s).words(n, truncate=end)``, by default with ``" ..."`` before."""
    for name, html in (("truncate_words", False), ("truncate_html_words", True)):
        for call in patch.module.calls(f"django.utils.text.{name}"):
            plain = call.positional
            end = call.keyword("end_text") or (plain[2] if len(plain) > 2 else None)  # noqa: PLR2004
            known = len(plain) in {2, 3} and len(call.arguments) == (3 if end else 2)
            if patch.skips(call.node):
                continue
            if not known or call.unpacks:
                patch.report(call.node)
                continue
            truncator = patch.need("django.utils.text", "Truncator", call.node)
            text, count = (text_of(one.value).decode() for one in plain[:2])
            mark = text_of(end.value).decode() if end else "' ...'"
            more = ", html=True" if html else ""
            patch.replace(call.node, f"{truncator}({text}).words({count}, truncate={mark}{more})")


def bitwise_f(patch: Patch) -> None:
    """``F("a") & 4`` is ``F("a").bitand(4)``, ``|`` is ``bitor``; Q objects stay as they are."""
    for dotted in _F:
        for call in patch.module.calls(dotted):
            outer = call.node.parent
            if outer is None or outer.type != "binary_operator" or patch.skips(outer):
                continue
            left, right = field(outer, "left"), field(outer, "right")
            sign = text_of(field(outer, "operator")).decode()
            if sign not in {"&", "|"} or left != call.node or right is None:
                continue
            method = "bitand" if sign == "&" else "bitor"
            patch.replace(outer, f"{text_of(left).decode()}.{method}({text_of(right).decode()})")


def cleaned_data(patch: Patch) -> None:
    """Point at code that asks whether a form has ``cleaned_data`` to learn whether it is valid."""
    for node in patch.module.strings("cleaned_data"):
        call = within(node, "call")
        if call is not None and text_of(field(call, "function")) == b"hasattr":
            patch.report(node)


def post_url_continue(patch: Patch) -> None:
    """The default ``"../%s/"`` of an override is None: Django makes the URL itself; others are left to a person.

    https://docs.djangoproject.com/en/1.8/releases/1.5/#minor-features
    """
    for definition in patch.module.methods("response_add"):
        parameters = field(definition, "parameters")
        value = default_arguments(parameters, "post_url_continue") if parameters is not None else None
        if value is None or patch.skips(definition):
            continue
        if string_value(value) == "../%s/":
            patch.replace(value, "None")
        elif "%s" in (string_value(value) or ""):
            patch.report(definition)


def quoted_reverse(patch: Patch) -> None:
    """Point at arguments of ``reverse()`` that are quoted already."""
    for dotted in ("django.core.urlresolvers.reverse", "django.urls.reverse"):
        for call in patch.module.calls(dotted):
            inner = [node for node in walk(call.brackets) if node.type == "call"]
            if any(text_of(field(one, "function")).rpartition(b".")[2] in {b"urlquote", b"quote"} for one in inner):
                patch.report(call.node)


def doubled_percent(patch: Patch) -> None:
    """``cursor.execute("… %% …")`` without parameters has ``%`` as it stands.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#bug-fixes-in-the-orm
    """
    for node in patch.module.attributes("execute"):
        call = call_of(node)
        if call is None or len(call.arguments) != 1 or b"cursor" not in text_of(field(node, "object")):
            continue
        one = literal(call.arguments[0].value)
        if one is None:
            if "%%" in (string_value(call.arguments[0].value) or ""):
                patch.report(call.node)
        elif "%%" in one.value and not patch.skips(node):
            text = patch.module.body[one.content_start : one.content_end].replace(b"%%", b"%")
            patch.edit(Edit(start=one.content_start, end=one.content_end, text=text))


def timeout_none(patch: Patch) -> None:
    """A timeout of None, which meant the default, is left out: it would mean for ever.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#miscellaneous
    """
    for method in ("set", "add", "set_many"):
        for call in patch.module.calls(f"django.core.cache.cache.{method}"):
            place = 1 if method == "set_many" else 2
            given = call.keyword("timeout") or (call.positional[place] if len(call.positional) > place else None)
            if given is None or given.value.type != "none" or patch.skips(call.node):
                continue
            if given.name or (given == call.arguments[-1] and not call.unpacks):
                patch.edit(remove_item(patch.module.body, call.brackets, given.node))
            else:
                patch.report(call.node)


def filter_attributes(patch: Patch) -> None:
    """``name.is_safe = True`` below a template filter becomes an argument of its ``register.filter``."""
    for option in ("is_safe", "needs_autoescape"):
        for attribute in patch.module.attributes(option):
            assignment = attribute.parent
            owner = field(attribute, "object")
            if assignment is None or assignment.type != "assignment" or field(assignment, "left") != attribute:
                continue
            if owner is None or owner.type != "identifier" or patch.skips(assignment):
                continue
            value = text_of(field(assignment, "right")).decode()
            if value in {"True", "False"} and _give_to_filter(patch, text_of(owner).decode(), f"{option}={value}"):
                _drop_line(patch, assignment)


def _give_to_filter(patch: Patch, function: str, argument: str) -> bool:
    """Add the argument to the decorator of a function; False where it has none that registers it."""
    for node in patch.module.spelled(function):
        definition = node.parent
        if definition is None or definition.type != "function_definition" or field(definition, "name") != node:
            continue
        decorated = definition.parent
        for decorator in decorated.named_children if decorated and decorated.type == "decorated_definition" else ():
            inner = decorator.named_children[0] if decorator.type == "decorator" else None
            if inner is None or not text_of(inner).split(b"(")[0].endswith(b".filter"):
                continue
            if inner.type == "call":
                brackets = field(inner, "arguments")
                if brackets is None or option_in(brackets, argument):
                    return False
                before = ", " if brackets.named_children else ""
                end = brackets.end_byte - 1
                patch.edit(Edit(start=end, end=end, text=f"{before}{argument}".encode()))
            else:
                patch.edit(Edit(start=inner.end_byte, end=inner.end_byte, text=f"({argument})".encode()))
            return True
    return False


def option_in(brackets: Node, argument: str) -> bool:
    """Whether a call has a keyword already."""
    return argument.partition("=")[0].encode() in text_of(brackets)


def _drop_line(patch: Patch, assignment: Node) -> None:
    """Take a line out, with one blank line more where blank lines stand on both sides of it."""
    body = patch.module.body
    start = body.rfind(b"\n", 0, assignment.start_byte) + 1
    end = body.find(b"\n", assignment.end_byte) + 1 or len(body)
    while start > 1 and body[start - 2 : start] == b"\n\n" and body[end : end + 1] in {b"\n", b""}:
        start -= 1
    patch.edit(Edit(start=start, end=end, text=b""))


def security_hash(patch: Patch) -> None:
    """``security_hash(request, form)`` is ``form_hmac(form)``.

    https://docs.djangoproject.com/en/1.8/releases/1.3/#django-contrib-formtools
    """
    home = "django.contrib.formtools.utils"
    for call in patch.module.calls(f"{home}.security_hash"):
        if len(call.arguments) == len(call.positional) == len(["request", "form"]) and not patch.skips(call.node):
            patch.edit(remove_item(patch.module.body, call.brackets, call.positional[0].node))
            patch.replace(call.function, patch.need(home, "form_hmac", call.node))


def empty_query_set(patch: Patch) -> None:
    """``EmptyQuerySet(Book)`` is ``Book._default_manager.none()``; without a model it is left to a person.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#miscellaneous
    """
    for call in patch.module.calls("django.db.models.query.EmptyQuerySet"):
        model = call.keyword("model") or (call.positional[0] if call.positional else None)
        named = model is not None and model.value.type in {"identifier", "attribute"}
        if model is None or not named or len(call.arguments) != 1:
            patch.report(call.node)
        elif not patch.skips(call.node):
            patch.replace(call.node, f"{text_of(model.value).decode()}._default_manager.none()")


def abstract_managers(patch: Patch) -> None:
    """Point at managers of models that the same module declares as abstract."""
    for definition in patch.module.classes():
        meta = methods_of(definition).get("Meta")
        if meta is None or text_of(attributes_of(meta).get("abstract")) != b"True":
            continue
        for node in patch.module.spelled(text_of(field(definition, "name")).decode()):
            outer = node.parent
            if outer is not None and outer.type == "attribute" and text_of(field(outer, "attribute")) == b"objects":
                patch.report(outer)
