"""A field made by ``SubfieldBase`` converts what the database returns in ``from_db_value()``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.knowledge.search import has_base
from djup.source.tree import field, text_of, within


def subfield_base(patch: Patch) -> None:
    """A field made by ``SubfieldBase`` converts what the database returns in ``from_db_value()``.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#subfieldbase
    """
    for home in ("django.db.models.SubfieldBase", "django.db.models.fields.subclassing.SubfieldBase"):
        for node in patch.module.uses(home):
            assignment, owner = node.parent, within(node, "class_definition")
            metaclass = assignment is not None and assignment.type == "assignment"
            if owner is None or not metaclass or patch.skips(node) or not has_base(patch.module, owner, ("Field",)):
                patch.report(node)
                continue
            body = field(owner, "body")
            if body is None or b"def to_python" not in text_of(body) or b"from_db_value" in text_of(body):
                patch.report(node)
                continue
            text = patch.module.body
            start = assignment.start_byte if assignment is not None else node.start_byte
            indent = text[text.rfind(b"\n", 0, start) + 1 : start].decode()
            step = "\t" if indent.startswith("\t") else "    "
            lines = f"def from_db_value(self, value, *args):\n{indent}{step}return self.to_python(value)"
            if assignment is not None:
                patch.replace(assignment, lines)
