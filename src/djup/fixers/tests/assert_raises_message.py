"""``assertRaisesMessage(Error, "no", callable_obj=work)`` is ``assertRaisesMessage(Error, "no", work)``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.edits import Edit


def raises_callable(patch: Patch) -> None:
    """``assertRaisesMessage(Error, "no", callable_obj=work)`` is ``assertRaisesMessage(Error, "no", work)``."""
    for call in patch.module.calls(".assertRaisesMessage"):
        named = call.keyword("callable_obj")
        if named is None or patch.skips(call.node):
            continue
        before = call.arguments[: call.arguments.index(named)]
        if len(before) == 2 and not any(one.name or one.stars for one in before):  # noqa: PLR2004  # error, message
            patch.edit(Edit(start=named.node.start_byte, end=named.value.start_byte, text=b""))
        else:
            patch.report(call.node)
