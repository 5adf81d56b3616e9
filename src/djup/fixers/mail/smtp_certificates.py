"""Point at settings that ask for mail over TLS."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.tree import field, text_of


def smtp_certificates(patch: Patch) -> None:
    """Point at settings that ask for mail over TLS."""
    for name in ("EMAIL_USE_TLS", "EMAIL_USE_SSL"):
        for assignment in patch.module.assignments(name):
            if text_of(field(assignment, "right")) != b"False":
                patch.report(assignment)
