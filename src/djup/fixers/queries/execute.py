"""``cursor.execute("… %% …")`` without parameters has ``%`` as it stands."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of
from djup.source.edits import Edit
from djup.source.strings import literal, string_value
from djup.source.tree import field, text_of, walk


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


def quote_names(patch: Patch) -> None:
    """``qn(name)`` in ``as_sql(self, qn, connection)`` is ``qn.quote_name_unless_alias(name)``.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#qn-replaced-by-compiler
    """
    for method in ("as_sql", "as_sqlite", "as_postgresql", "as_mysql", "as_oracle"):
        for definition in patch.module.methods(method):
            parameters, body = field(definition, "parameters"), field(definition, "body")
            names = [text_of(one) for one in parameters.named_children] if parameters is not None else []
            if body is None or len(names) < 2 or patch.skips(definition):  # noqa: PLR2004  # self and the compiler
                continue
            for node in walk(body):
                if node.type == "call" and text_of(field(node, "function")) == names[1]:
                    end = node.start_byte + len(names[1])
                    patch.edit(Edit(start=end, end=end, text=b".quote_name_unless_alias"))
