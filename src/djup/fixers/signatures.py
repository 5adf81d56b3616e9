"""Methods that a project overrides and that Django calls with other arguments now."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.patch import Patch
from djup.knowledge.search import has_base
from djup.source import tree as syntax
from djup.source.calls import append_items, remove_item
from djup.source.tree import field, text_of


def value_context(patch: Patch) -> None:
    """``from_db_value()`` gets no ``context``: it was always empty.

    https://docs.djangoproject.com/en/2.0/releases/2.0/#features-deprecated-in-2-0
    """
    for name in ("from_db_value", "convert_value"):
        for definition in patch.module.methods(name):
            parameters = field(definition, "parameters")
            last = plain_parameters(parameters)[-1:] if parameters is not None else []
            if parameters is None or patch.skips(definition) or not last or name_of(last[0]) != "context":
                continue
            body = field(definition, "body")
            used = (
                any(one.type == "identifier" and text_of(one) == b"context" for one in syntax.walk(body))
                if body
                else True
            )
            if used:
                patch.report(definition)
            else:
                patch.edit(remove_item(patch.module.body, parameters, last[0]))


def inline_add_permission(patch: Patch) -> None:
    """``has_add_permission()`` of an inline gets the parent object.

    https://docs.djangoproject.com/en/2.1/releases/2.1/#features-deprecated-in-2-1
    """
    _append_parameter(patch, "has_add_permission", ["self", "request"], "obj=None", ("Inline", "InlineModelAdmin"))


def lookup_request(patch: Patch) -> None:
    """``ModelAdmin.lookup_allowed()`` gets the request.

    https://docs.djangoproject.com/en/5.0/releases/5.0/#features-deprecated-in-5-0
    """
    _append_parameter(patch, "lookup_allowed", ["self", "lookup", "value"], "request=None", ("Admin",))


def action_location(patch: Patch) -> None:
    """``ModelAdmin.get_actions()`` is asked for the actions of a page.

    https://docs.djangoproject.com/en/6.1/releases/6.1/#features-deprecated-in-6-1
    """
    for definition in patch.module.methods("get_actions"):
        if _takes(patch, definition, ["self", "request"], ("Admin",)):
            location = f"{patch.need('django.contrib.admin', 'ActionLocation', definition)}.CHANGE_LIST"
            new = f"action_location={location}"
            _append_parameter(patch, "get_actions", ["self", "request"], new, ("Admin",), by_keyword=True)


def _takes(patch: Patch, definition: Node, given: list[str], bases: tuple[str, ...]) -> bool:
    """Whether a method of such a class has as many plain parameters as given."""
    owner, parameters = syntax.within(definition, "class_definition"), field(definition, "parameters")
    if owner is None or parameters is None or patch.skips(definition) or not has_base(patch.module, owner, bases):
        return False
    names = [name_of(one) for one in plain_parameters(parameters)]
    return len(names) == len(given) and not any(one.startswith("*") for one in names)


def _append_parameter(
    patch: Patch, name: str, given: list[str], new: str, bases: tuple[str, ...], *, by_keyword: bool = False
) -> None:
    """Give an overriding method one more parameter, and pass it on to the method it overrides."""
    for definition in patch.module.methods(name):
        parameters = field(definition, "parameters")
        if parameters is None or not _takes(patch, definition, given, bases):
            continue
        patch.edit(append_items(patch.module.body, parameters, [new]))
        argument = new.partition("=")[0]
        _pass_on(patch, definition, name, given, f"{argument}={argument}" if by_keyword else argument)


def _pass_on(patch: Patch, definition: Node, name: str, given: list[str], argument: str) -> None:
    for call in patch.module.calls(f".{name}"):
        inside = definition.start_byte <= call.node.start_byte < definition.end_byte
        is_super = text_of(field(call.function, "object")).startswith(b"super(")
        if inside and is_super and len(call.arguments) == len(given) - 1 and not call.unpacks:
            patch.edit(append_items(patch.module.body, call.brackets, [argument]))


def plain_parameters(parameters: Node) -> list[Node]:
    """The parameters of a function, one by one."""
    return [one for one in parameters.named_children if one.type != "comment"]


def name_of(parameter: Node) -> str:
    """The name of a parameter, without what it has by default."""
    if parameter.type in {"default_parameter", "typed_default_parameter"}:
        return text_of(field(parameter, "name")).decode()
    if parameter.type == "typed_parameter":
        return text_of(parameter.named_children[0]).decode()
    return text_of(parameter).decode()


def redirect_url_arguments(patch: Patch) -> None:
    """``RedirectView.get_redirect_url()`` is given what the URL holds without a name as well.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#miscellaneous
    """
    for definition in patch.module.methods("get_redirect_url"):
        owner = syntax.within(definition, "class_definition")
        parameters = field(definition, "parameters")
        if owner is None or parameters is None or patch.skips(definition):
            continue
        if not has_base(patch.module, owner, ("RedirectView",)):
            continue
        names = [one for one in parameters.named_children if one.type != "comment"]
        stars = [one for one in names if one.type in {"list_splat_pattern", "dictionary_splat_pattern"}]
        if len(names) == 2 and [one.type for one in stars] == ["dictionary_splat_pattern"]:  # noqa: PLR2004
            patch.replace(stars[0], f"*args, {text_of(stars[0]).decode()}")
