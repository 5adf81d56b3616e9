"""``LiveServerTestCase`` that serves the files of apps is ``StaticLiveServerTestCase``."""

from __future__ import annotations

from djup.fixers.commands.call_command import calls_of
from djup.fixers.engine.patch import Patch
from djup.source.edits import Edit
from djup.source.strings import string_value
from djup.source.tree import text_of, within


def static_live_server(patch: Patch) -> None:
    """``LiveServerTestCase`` that serves the files of apps is ``StaticLiveServerTestCase``.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#miscellaneous
    """
    for home in ("django.test", "django.test.testcases"):
        for node in patch.module.uses(f"{home}.LiveServerTestCase"):
            if not patch.skips(node):
                new = patch.need("django.contrib.staticfiles.testing", "StaticLiveServerTestCase", node)
                patch.replace(node, new)


def live_server_address(patch: Patch) -> None:
    """Take out what sets ``DJANGO_LIVE_TEST_SERVER_ADDRESS``, which nothing reads; ``test`` has no ``liveserver``."""
    for node in patch.module.strings("DJANGO_LIVE_TEST_SERVER_ADDRESS"):
        statement = within(node, "expression_statement")
        block = statement.parent if statement is not None else None
        inner = statement.named_children[0] if statement is not None else None
        sets = inner is not None and text_of(inner).startswith((b"os.environ", b"environ"))
        if statement is None or block is None or inner is None or patch.skips(node):
            continue
        if not sets or inner.type not in {"assignment", "call"} or b".get(" in text_of(inner):
            patch.report(node)
        elif len([one for one in block.named_children if one.type != "comment"]) == 1:
            patch.replace(statement, "pass")
        else:
            end = patch.module.body.find(b"\n", statement.end_byte) + 1 or len(patch.module.body)
            start = patch.module.body.rfind(b"\n", 0, statement.start_byte) + 1
            patch.edit(Edit(start=start, end=end, text=b""))
    for call in calls_of(patch, "test"):
        if call.keyword("liveserver") is not None or any(
            (string_value(one.value) or "").startswith("--liveserver") for one in call.positional
        ):
            patch.report(call.node)
