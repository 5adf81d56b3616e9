"""Views that delete: what they do besides goes where ``DeleteView`` does it."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import own_method, subclasses
from djup.source.edits import Edit
from djup.source.text import line_end
from djup.source.tree import field

_VIEWS = ("django.views.generic.DeleteView", "django.views.generic.edit.DeleteView", "DeleteView")


def delete_view(patch: Patch) -> None:
    """Call an overridden ``delete()`` from ``form_valid()``, which a POST asks for now; older releases never call it.

    https://docs.djangoproject.com/en/4.0/releases/4.0/#deleteview-changes
    """
    for owner in subclasses(patch.module, *_VIEWS):
        definition = own_method(patch.module, owner, "delete")
        body = field(owner, "body")
        if definition is None or body is None or patch.skips(definition):
            continue
        if (
            own_method(patch.module, owner, "form_valid") is not None
            or own_method(patch.module, owner, "post") is not None
        ):
            continue
        newline = line_end(patch.module.body).decode()
        indent = patch.module.body[: definition.start_byte].rpartition(b"\n")[2].decode()
        step = "\t" if "\t" in indent else " " * 4
        text = newline.join([
            "", "", f"{indent}def form_valid(self, form):",
            f"{indent}{step}return self.delete(self.request, *self.args, **self.kwargs)",
        ])  # fmt: skip
        patch.edit(Edit(start=definition.end_byte, end=definition.end_byte, text=text.encode()))
