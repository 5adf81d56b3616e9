"""``cx_Oracle`` goes on as ``oracledb``, under the name that the module knows it by."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.tree import field


def oracledb(patch: Patch) -> None:
    """``cx_Oracle`` goes on as ``oracledb``, under the name that the module knows it by.

    https://docs.djangoproject.com/en/5.0/releases/5.0/#features-deprecated-in-5-0
    """
    for one in patch.module.imports:
        if one.module != "cx_Oracle" or one.conditional or patch.skips(one.item):
            continue
        if one.name:
            module = field(one.statement, "module_name")
            if module is not None:
                patch.replace(module, "oracledb")
        else:
            patch.replace(one.item, f"oracledb as {one.local}")
