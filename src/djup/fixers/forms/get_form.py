"""``get_form(self, form_class)`` of a view is called without ``form_class`` too."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.methods import first_statement, line_before, owner_of, parameters_of, uses_of
from djup.knowledge.search import has_base
from djup.source.edits import Edit
from djup.source.text import line_end
from djup.source.tree import field, text_of

_FORM_VIEWS = ("FormMixin", "FormView", "CreateView", "UpdateView", "ModelFormMixin", "ProcessFormView")


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
        first = first_statement(definition)
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
