"""Methods and attributes of a project's own classes that Django came to call or read in another way."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.patch import Patch
from djup.fixers.settings import drop_setting
from djup.knowledge.search import has_base, parameter_name, parameters_in
from djup.source.calls import append_items, call_of, remove_item
from djup.source.edits import Edit
from djup.source.strings import literal
from djup.source.text import line_end
from djup.source.tree import field, statement_of, text_of, walk, within

_PLACE = re.compile(r"%\((\w+)\)s")
_EDIT_VIEWS = ("CreateView", "UpdateView", "DeleteView", "ModelFormMixin", "DeletionMixin")
_FORM_VIEWS = ("FormMixin", "FormView", "CreateView", "UpdateView", "ModelFormMixin", "ProcessFormView")


def owner_of(definition: Node) -> Node | None:
    """The class that a method is defined in."""
    return within(definition, "class_definition")


def parameters_of(definition: Node) -> list[Node]:
    """The parameters of a function, one by one."""
    parameters = field(definition, "parameters")
    return [] if parameters is None else parameters_in(parameters)


def uses_of(definition: Node, word: bytes) -> list[Node]:
    """Where a name is read in the body of a function."""
    body = field(definition, "body")
    return [one for one in walk(body) if one.type == "identifier" and text_of(one) == word] if body is not None else []


def line_before(patch: Patch, statement: Node, line: str) -> None:
    """Put a line before a statement, at its indent."""
    body, start = patch.module.body, statement.start_byte
    indent = body[body.rfind(b"\n", 0, start) + 1 : start]
    patch.edit(Edit(start=start, end=start, text=line.encode() + line_end(body) + indent))


def test_urls(patch: Patch) -> None:
    """``urls`` of a test case is ``@override_settings(ROOT_URLCONF=…)`` above it.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#django-test-simpletestcase-urls
    """
    for assignment in patch.module.assignments("urls"):
        owner, value = within(assignment, "class_definition"), field(assignment, "right")
        if owner is None or value is None or patch.skips(assignment):
            continue
        if statement_of(assignment).parent != field(owner, "body") or not has_base(patch.module, owner, ("TestCase",)):
            continue
        if value.type not in {"string", "identifier", "attribute"}:
            patch.report(assignment)
            continue
        override = patch.need("django.test", "override_settings", assignment)
        line_before(patch, owner, f"@{override}(ROOT_URLCONF={text_of(value).decode()})")
        drop_setting(patch, assignment)


def form_class_default(patch: Patch) -> None:
    """``get_form(self, form_class)`` of a view is called without ``form_class`` too.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#django-views-generic-edit-formmixin-get-form-s-form-class-argument
    """
    for definition in patch.module.methods("get_form"):
        owner, given = owner_of(definition), parameters_of(definition)
        if owner is None or patch.skips(definition) or not has_base(patch.module, owner, _FORM_VIEWS):
            continue
        if [text_of(one) for one in given] != [b"self", b"form_class"]:
            continue
        patch.edit(Edit(start=given[1].end_byte, end=given[1].end_byte, text=b"=None"))
        if all(_is_passed_on(one) for one in uses_of(definition, b"form_class")):
            continue
        first = _first_statement(definition)
        if first is not None:
            body = patch.module.body
            indent = body[body.rfind(b"\n", 0, first.start_byte) + 1 : first.start_byte].decode()
            step = "\t" if "\t" in indent else "    "
            newline = line_end(body).decode()
            line_before(
                patch, first, f"if form_class is None:{newline}{indent}{step}form_class = self.get_form_class()"
            )


def _is_passed_on(node: Node) -> bool:
    call = node.parent.parent if node.parent is not None and node.parent.type == "argument_list" else None
    return call is not None and text_of(field(call, "function")).startswith(b"super(")


def _first_statement(definition: Node) -> Node | None:
    """The first statement of a function after its docstring, where it stands on a line of its own."""
    body = field(definition, "body")
    found = [one for one in body.named_children if one.type != "comment"] if body is not None else []
    if found and found[0].type == "expression_statement" and found[0].named_children[0].type == "string":
        found = found[1:]
    if not found or found[0].start_point[0] == definition.start_point[0]:
        return None
    return found[0]


def storage_max_length(patch: Patch) -> None:
    """``get_available_name()`` and ``save()`` of a storage take ``max_length``.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#support-for-the-max-length-argument-on-custom-storage-classes
    """
    for name, wanted in (("get_available_name", ["self", "name"]), ("save", ["self", "name", "content"])):
        for definition in patch.module.methods(name):
            owner, parameters = owner_of(definition), field(definition, "parameters")
            if owner is None or parameters is None or patch.skips(definition):
                continue
            if not has_base(patch.module, owner, ("Storage",)):
                continue
            given = [parameter_name(one) for one in parameters_of(definition)]
            if len(given) != len(wanted) or any(one.startswith("*") for one in given):
                continue
            patch.edit(append_items(patch.module.body, parameters, ["max_length=None"]))
            for call in patch.module.calls(f".{name}"):
                inside = definition.start_byte <= call.node.start_byte < definition.end_byte
                is_super = text_of(field(call.function, "object")).startswith(b"super(")
                if inside and is_super and len(call.arguments) == len(wanted) - 1 and not call.unpacks:
                    patch.edit(append_items(patch.module.body, call.brackets, ["max_length=max_length"]))


def success_url_places(patch: Patch) -> None:
    """``success_url = "/items/%(id)s/"`` is ``"/items/{id}/"``.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#foo-s-syntax-in-modelformmixin-success-url
    """
    for assignment in patch.module.assignments("success_url"):
        owner, value = within(assignment, "class_definition"), field(assignment, "right")
        one = literal(value) if value is not None else None
        if owner is None or one is None or not _PLACE.search(one.value) or patch.skips(assignment):
            continue
        if not has_base(patch.module, owner, _EDIT_VIEWS):
            continue
        if "{" in one.value or "}" in one.value or "%%" in one.value:
            patch.report(assignment)
            continue
        raw = patch.module.body[one.content_start : one.content_end].decode()
        new = _PLACE.sub(r"{\1}", raw).encode()
        patch.edit(Edit(start=one.content_start, end=one.content_end, text=new))


def allow_migrate(patch: Patch) -> None:
    """``allow_migrate(self, db, model)`` of a router gets ``app_label, model_name=None, **hints`` instead of the model.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#signature-of-the-allow-migrate-router-method
    """
    for definition in patch.module.methods("allow_migrate"):
        given = parameters_of(definition)
        if (
            len(given) != len(["self", "db", "model"])
            or parameter_name(given[2]).startswith("*")
            or patch.skips(definition)
        ):
            continue
        model = parameter_name(given[2])
        places = [_asked_of(one, model) for one in uses_of(definition, model.encode())]
        if given[2].type != "identifier" or any(one is None for one in places):
            patch.report(definition)
            continue
        patch.replace(given[2], "app_label, model_name=None, **hints")
        for place in places:
            if place is not None:
                patch.replace(*place)
    for call in patch.module.calls("django.db.router.allow_migrate"):
        name = field(call.function, "attribute")
        if len(call.arguments) == len(call.positional) == len(["db", "model"]) and name and not patch.skips(call.node):
            patch.replace(name, "allow_migrate_model")


def _asked_of(node: Node, model: str) -> tuple[Node, str] | None:
    """``model._meta.app_label`` and ``model._meta.model_name`` with what stands for them; None for anything else."""
    meta = node.parent
    asked = meta.parent if meta is not None and meta.type == "attribute" else None
    if meta is None or asked is None or asked.type != "attribute" or text_of(meta) != f"{model}._meta".encode():
        return None
    names = {b"app_label": "app_label", b"model_name": "model_name", b"module_name": "model_name"}
    new = names.get(text_of(field(asked, "attribute")))
    return (asked, new) if new else None


def clean_super(patch: Patch) -> None:
    """``clean()`` of a model of users calls the one it overrides: it evens out the name or the address.

    https://docs.djangoproject.com/en/1.11/releases/1.11/#miscellaneous
    """
    bases = tuple(one.split()[-1] for one in patch.change.seen.words)
    for definition in patch.module.methods("clean"):
        owner, first = owner_of(definition), _first_statement(definition)
        if owner is None or patch.skips(definition) or not has_base(patch.module, owner, bases):
            continue
        if len(parameters_of(definition)) != 1 or b"super(" in text_of(definition) or b".clean(" in text_of(definition):
            continue
        if first is None:
            patch.report(definition)
            continue
        name = text_of(field(owner, "name")).decode()
        line_before(patch, first, f"super({name}, self).clean()")


def range_base_field(patch: Patch) -> None:
    """``base_field`` of a range field is the class of a field, no field.

    https://docs.djangoproject.com/en/1.10/releases/1.10/#miscellaneous
    """
    for assignment in patch.module.assignments("base_field"):
        owner, value = within(assignment, "class_definition"), field(assignment, "right")
        function = field(value, "function") if value is not None and value.type == "call" else None
        if owner is None or function is None or patch.skips(assignment):
            continue
        if not has_base(patch.module, owner, ("RangeField",)):
            continue
        call = call_of(function)
        if call is None or call.arguments:
            patch.report(assignment)
        else:
            patch.edit(Edit(start=function.end_byte, end=call.node.end_byte, text=b""))


def instance_managers(patch: Patch) -> None:
    """``self._default_manager`` of a model's object is ``self.__class__._default_manager``.

    https://docs.djangoproject.com/en/1.10/releases/1.10/#miscellaneous
    """
    for name in ("_default_manager", "_base_manager"):
        for node in patch.module.attributes(name):
            owner, around = field(node, "object"), within(node, "class_definition")
            function = within(node, "function_definition")
            if owner is None or text_of(owner) not in {b"self", b"instance", b"obj"} or patch.skips(node):
                continue
            method = function is not None and b"classmethod" not in text_of(function.parent)[:40]
            is_model = around is not None and has_base(patch.module, around, ("Model",))
            if text_of(owner) == b"self" and method and is_model:
                patch.replace(owner, "self.__class__")
            elif text_of(owner) != b"self":
                patch.report(node)


def render_choices(patch: Patch) -> None:
    """``render()`` of a widget gets no ``choices``: take the parameter out where it is only passed on.

    https://docs.djangoproject.com/en/1.10/releases/1.10/#miscellaneous
    """
    for definition in patch.module.methods("render"):
        owner, parameters = owner_of(definition), field(definition, "parameters")
        given = [one for one in parameters_of(definition) if parameter_name(one) == "choices"]
        if owner is None or parameters is None or not given or patch.skips(definition):
            continue
        if not has_base(patch.module, owner, ("Widget", "Select", "SelectMultiple", "RadioSelect", "Input")):
            continue
        uses = uses_of(definition, b"choices")
        passed = [_argument_of(one) for one in uses]
        if None in passed:
            patch.report(definition)
            continue
        patch.edit(remove_item(patch.module.body, parameters, given[0]))
        for argument in passed:
            if argument is not None and argument.parent is not None:
                patch.edit(remove_item(patch.module.body, argument.parent, argument))


def _argument_of(node: Node) -> Node | None:
    """The argument by which a name is passed on to the overridden ``render()``."""
    parent = node.parent
    argument = parent if parent is not None and parent.type == "keyword_argument" else node
    if argument != node and parent is not None and field(parent, "value") != node:
        return argument if field(parent, "name") == node else None
    brackets = argument.parent
    call = brackets.parent if brackets is not None and brackets.type == "argument_list" else None
    function = text_of(field(call, "function")) if call is not None else b""
    return argument if function.startswith(b"super(") and function.endswith(b".render") else None
