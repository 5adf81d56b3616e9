"""Forms and views of models: which fields they have.

https://docs.djangoproject.com/en/1.8/releases/1.6/#modelform-without-fields-or-exclude
"""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.class_bodies import attributes_of, methods_of
from djup.fixers.syntax.statements import drop_statement
from djup.knowledge.search import has_base
from djup.source.calls import append_items
from djup.source.edits import Edit
from djup.source.text import line_end
from djup.source.tree import field, statement_of

_FORM = ("django.forms.ModelForm", "django.forms.models.ModelForm")
_EDIT = ("CreateView", "UpdateView", "ModelFormMixin")
_FACTORIES = ("modelform_factory", "modelformset_factory", "inlineformset_factory")
_SAID = {"form", "fields", "exclude"}


def model_form_fields(patch: Patch) -> None:
    """A form or view of a model that says nothing has all fields: it says so."""
    for definition in patch.module.classes():
        if patch.skips(definition):
            continue
        if _is_form(patch, definition, set()):
            meta = methods_of(definition).get("Meta")
            if meta is not None and not _inherits(meta):
                _say_all(patch, meta, {"fields", "exclude"})
        elif _is_view(patch, definition):
            _say_all(patch, definition, {"fields", "form_class"})
    for name in _FACTORIES:
        for home in ("django.forms", "django.forms.models"):
            for call in patch.module.calls(f"{home}.{name}"):
                given = {one.name for one in call.arguments}
                if not (call.unpacks or given & _SAID or len(call.positional) > 1 + name.startswith("inline")):
                    _append_all(patch, call.brackets)


def _append_all(patch: Patch, brackets: Node) -> None:
    if not patch.skips(brackets):
        patch.edit(append_items(patch.module.body, brackets, ['fields="__all__"']))


def _is_form(patch: Patch, definition: Node, seen: set[str]) -> bool:
    """Whether a class derives from ModelForm, by itself or through others of the module."""
    for base in patch.module.bases(definition):
        if base in _FORM:
            return True
        own = patch.module.classes(base) if base.isidentifier() and base not in seen else []
        if any(_is_form(patch, one, seen | {base}) for one in own):
            return True
    return False


def _is_view(patch: Patch, definition: Node) -> bool:
    """Whether a class is a view of Django's that edits, and names its model but no form."""
    bases = patch.module.bases(definition)
    own = any(base.startswith("django.views.generic.") and base.endswith(_EDIT) for base in bases)
    others = [base for base in bases if not base.startswith("django.")]
    methods = methods_of(definition)
    return own and not others and "get_form_class" not in methods and "model" in attributes_of(definition)


def _inherits(meta: Node) -> bool:
    brackets = field(meta, "superclasses")
    return brackets is not None and any(one.text != b"object" for one in brackets.named_children)


def _say_all(patch: Patch, definition: Node, said: set[str]) -> None:
    """Put ``fields = "__all__"`` below the line that names the model."""
    given = attributes_of(definition)
    model = given.get("model")
    if said & set(given) or model is None:
        return
    body, statement = patch.module.body, statement_of(model)
    start = body.rfind(b"\n", 0, statement.start_byte) + 1
    indent = body[start : statement.start_byte]
    end = body.find(b"\n", statement.end_byte)
    newline = line_end(body)
    if indent.strip():
        patch.report(definition)
        return
    place, lead = (len(body), newline) if end < 0 else (end + 1, b"")
    patch.edit(Edit(start=place, end=place, text=lead + indent + b'fields = "__all__"' + newline))


def fields_and_form_class(patch: Patch) -> None:
    """A view with a ``form_class`` never looked at ``fields``, which go.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#miscellaneous
    """
    for definition in patch.module.classes():
        given = attributes_of(definition)
        if not {"fields", "form_class"} <= set(given) or patch.skips(definition):
            continue
        if has_base(patch.module, definition, _EDIT) and given["fields"].parent is not None:
            drop_statement(patch, given["fields"].parent)
