"""``dumpdata`` takes ``use_natural_foreign_keys``, and ``--natural-foreign`` in place of ``--natural`` and ``-n``."""

from __future__ import annotations

from djup.fixers.commands.call_command import calls_of
from djup.fixers.engine.patch import Patch
from djup.source.calls import rename_keyword
from djup.source.edits import Edit
from djup.source.strings import literal


def dumpdata_natural(patch: Patch) -> None:
    """``dumpdata`` takes ``use_natural_foreign_keys``, and ``--natural-foreign`` in place of ``--natural`` and ``-n``.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#natural-key-serialization-options
    """
    for call in calls_of(patch, "dumpdata"):
        if patch.skips(call.node):
            continue
        named = call.keyword("use_natural_keys")
        if named is not None:
            patch.edit(rename_keyword(named, "use_natural_foreign_keys"))
        for argument in call.positional[1:]:
            one = literal(argument.value)
            if one is not None and one.value in {"--natural", "-n"}:
                patch.edit(Edit(start=one.content_start, end=one.content_end, text=b"--natural-foreign"))
