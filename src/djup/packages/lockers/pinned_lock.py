"""Locking in two rounds, for lockers that cannot be told versions.

First the manifest pins them, then the true manifest is locked on top of that lock, which keeps what it may.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from djup.packages.lockers.workshop import Workshop


def lock_pinned(shop: Workshop, manifest: PurePosixPath, pins: Mapping[str, str], lock: Callable[[str], None]) -> None:
    """Lock with the pins, then without; ``lock`` runs the tool and is given the name of its log."""
    true = shop.text(manifest)
    if pins:
        try:
            shop.pin(manifest, pins)
            lock("pinned")
        finally:
            shop.write(manifest, true)
    lock("true")
