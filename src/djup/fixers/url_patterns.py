"""URLconfs of early releases: star imports, generic views, and views that are looked up by name."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from djup.fixers.patch import Patch
from djup.fixers.site_settings import keys
from djup.source.calls import Argument, Call, append_items, arguments_in, remove_item
from djup.source.edits import Edit
from djup.source.strings import literal, string_value
from djup.source.tree import field, text_of

_URL_NAMES = ("handler403", "handler404", "handler500", "include", "patterns", "url")
_AUTH = "django.contrib.auth.views."
_AUTH_NAMES = frozenset(
    {"login", "logout", "password_change", "password_change_done", "password_reset", "password_reset_done",
     "password_reset_confirm", "password_reset_complete"}
)  # fmt: skip
_SIMPLE = "django.views.generic.simple."


def routes(patch: Patch) -> Iterator[tuple[Node, tuple[Argument, ...]]]:
    """The routes of a URLconf: calls of ``url()``, and the tuples that ``patterns()`` takes in their place."""
    for dotted in ("django.conf.urls.url", "django.conf.urls.defaults.url"):
        for call in patch.module.calls(dotted):
            yield call.brackets, call.arguments
    for dotted in ("django.conf.urls.patterns", "django.conf.urls.defaults.patterns"):
        for call in patch.module.calls(dotted):
            for one in call.positional[1:]:
                if one.value.type == "tuple":
                    yield one.value, arguments_in(one.value)


def urls_defaults_star(patch: Patch) -> None:
    """``from django.conf.urls.defaults import *`` becomes an import of the names that the file uses.

    https://docs.djangoproject.com/en/1.8/releases/1.4/#django-conf-urls-defaults
    """
    for one in patch.module.imports:
        if one.name != "*" or one.module != "django.conf.urls.defaults" or one.conditional or patch.skips(one.item):
            continue
        used = [name for name in _URL_NAMES if _uses_word(patch, name)]
        names = ", ".join(used) or "url"
        patch.replace(one.statement, f"from django.conf.urls import {names}")


def _uses_word(patch: Patch, word: str) -> bool:
    return any(
        node.parent is not None
        and node.parent.type not in {"attribute", "keyword_argument"}
        and not (node.parent.type == "assignment" and field(node.parent, "left") == node)
        for node in patch.module.spelled(word)
    )


def generic_views(patch: Patch) -> None:
    """Routes to ``direct_to_template`` and ``redirect_to`` name ``TemplateView`` and ``RedirectView``.

    https://docs.djangoproject.com/en/1.4/topics/generic-views-migration/
    """
    for brackets, arguments in routes(patch):
        plain = [one for one in arguments if not one.name and not one.stars]
        if len(plain) < 3 or patch.skips(brackets):  # noqa: PLR2004  # a route, a view and what it is given
            continue
        origin = _view_of(patch, plain[1].value)
        given = keys(plain[2].value) if plain[2].value.type == "dictionary" else {}
        text = _class_based(patch, origin, given, plain[1].value)
        if text is None or len(given) != len(plain[2].value.named_children):
            continue
        patch.edit(Edit(start=plain[1].node.start_byte, end=plain[2].node.end_byte, text=text.encode()))
    for call in patch.module.calls(f"{_SIMPLE}direct_to_template"):
        _render(patch, call)


def _render(patch: Patch, call: Call) -> None:
    """``direct_to_template(request, template, extra_context)`` that a view calls is ``render()``."""
    names = ("request", "template", "extra_context", "mimetype")
    given = {names[place]: one for place, one in enumerate(call.positional[: len(names)])}
    given |= {one.name: one for one in call.arguments if one.name}
    if call.unpacks or not {"request", "template"} <= {*given} <= {*names} or patch.skips(call.node):
        return
    texts = {name: text_of(one.value).decode() for name, one in given.items()}
    parts = [texts[name] for name in names[:3] if name in texts]
    parts += [f"content_type={texts['mimetype']}"] if "mimetype" in texts else []
    patch.replace(call.node, f"{patch.need('django.shortcuts', 'render', call.node)}({', '.join(parts)})")


def _view_of(patch: Patch, node: Node) -> str:
    origins = patch.module.origins(node)
    return (string_value(node) or next(iter(origins), "")).removeprefix(_SIMPLE) if node else ""


def _class_based(patch: Patch, view: str, given: dict[str, Node], place: Node) -> str | None:
    if view == "direct_to_template" and {*given} == {"template"}:
        template = text_of(given["template"]).decode()
        return f"{patch.need('django.views.generic', 'TemplateView', place)}.as_view(template_name={template})"
    if view == "redirect_to" and "url" in given and {*given} <= {"url", "permanent", "query_string"}:
        parts = ", ".join(f"{key}={text_of(value).decode()}" for key, value in given.items())
        return f"{patch.need('django.views.generic', 'RedirectView', place)}.as_view({parts})"
    return None


def uidb64(patch: Patch) -> None:
    """The group of the password reset's route is ``uidb64``; such a number may hold ``_`` and ``-`` as well."""
    for brackets, arguments in routes(patch):
        one = literal(arguments[0].value) if arguments else None
        if one is None or "(?P<uidb36>" not in one.value or patch.skips(brackets):
            continue
        raw = patch.module.body[one.content_start : one.content_end]
        new = raw.replace(b"(?P<uidb36>[0-9A-Za-z]+)", rb"(?P<uidb64>[0-9A-Za-z_\-]+)")
        new = new.replace(b"(?P<uidb36>", b"(?P<uidb64>")
        patch.edit(Edit(start=one.content_start, end=one.content_end, text=new))


def auth_url_names(patch: Patch) -> None:
    """Routes to the views of ``contrib.auth`` get the names by which these look each other up."""
    for brackets, arguments in routes(patch):
        plain = [one for one in arguments if not one.name and not one.stars]
        if len(plain) < 2 or len(plain) > 3 or brackets.type != "argument_list" or patch.skips(brackets):  # noqa: PLR2004
            continue
        origins = patch.module.origins(plain[1].value)
        view = string_value(plain[1].value) or next(iter(origins), "")
        name = view.removeprefix(_AUTH)
        if view.startswith(_AUTH) and name in _AUTH_NAMES and not any(one.name == "name" for one in arguments):
            patch.edit(append_items(patch.module.body, brackets, [f'name="{name}"']))


def default_arguments(brackets: Node, word: str) -> Node | None:
    """The value a parameter has by default, in a list of parameters."""
    for one in brackets.named_children:
        if one.type == "default_parameter" and text_of(field(one, "name")).decode() == word:
            return field(one, "value")
    return None


def view_classes(patch: Patch) -> None:
    """A route that names one of Django's view classes gets ``.as_view()``: the check of 4.0 refuses the class.

    https://docs.djangoproject.com/en/4.0/ref/checks/#urls (urls.E009)
    """
    names = ("django.urls.path", "django.urls.re_path", "django.conf.urls.url", "django.conf.urls.re_path")
    for call in (one for name in names for one in patch.module.calls(name)):
        plain = call.positional
        view = call.keyword("view") or (plain[1] if len(plain) > 1 else None)
        if view is None or patch.skips(call.node):
            continue
        if any(_is_view_class(origin) for origin in patch.module.origins(view.value)):
            end = view.value.end_byte
            patch.edit(Edit(start=end, end=end, text=b".as_view()"))


def _is_view_class(origin: str) -> bool:
    home, _, name = origin.rpartition(".")
    return home.startswith(("django.contrib.auth.views", "django.views.generic")) and name.endswith("View")


def uidb36_routes(patch: Patch) -> None:
    """Routes to the view for password resets of 1.5 and before go: their links are long out of date.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#features-removed-in-1-7
    """
    for brackets, arguments in routes(patch):
        view = arguments[1].value if len(arguments) > 1 else None
        if view is None or patch.skips(brackets):
            continue
        names = {string_value(view), *patch.module.origins(view)}
        route = brackets if brackets.type == "tuple" else brackets.parent
        around = route.parent if route is not None else None
        if f"{_AUTH}password_reset_confirm_uidb36" not in names or route is None or around is None:
            continue
        if around.type in {"argument_list", "list"}:
            patch.edit(remove_item(patch.module.body, around, route))
