"""What tests of early releases did with warnings."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of
from djup.source.tree import statement_of, text_of


def warnings_state(patch: Patch) -> None:
    """The filters of the module ``warnings`` are kept and put back as Django's tests did it (test/utils.py of 1.6)."""
    for name in ("get_warnings_state", "restore_warnings_state"):
        for node in patch.module.uses(f"django.test.utils.{name}"):
            call, statement = call_of(node), statement_of(node)
            if patch.skips(node):
                continue
            arguments = 0 if name == "get_warnings_state" else 1
            alone = call is not None and statement.named_children == [call.node]
            if call is None or len(call.positional) != len(call.arguments) or len(call.arguments) != arguments:
                patch.report(node)
            elif not arguments:
                patch.replace(call.node, f"{patch.need('', 'warnings', node)}.filters[:]")
            elif alone:
                state = text_of(call.positional[0].value).decode()
                patch.replace(call.node, f"{patch.need('', 'warnings', node)}.filters = {state}[:]")
            else:
                patch.report(node)
