"""uv.lock, by the uv that came with djup: it reads every revision of the format, and keeps what it may."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

import uv

from djup.packages.lockers.workshop import Workshop

NAME = "uv"


def makes(path: PurePosixPath, text: str) -> bool:  # noqa: ARG001  # the name alone tells
    """Whether a lock is one of uv's."""
    return path.name == "uv.lock"


def relock(shop: Workshop, lock: PurePosixPath, pins: Mapping[str, str]) -> str:
    """Lock with the pinned packages moved; the lock's own versions are kept for the others."""
    words = [word for name, version in sorted(pins.items()) for word in ("--upgrade-package", f"{name}=={version}")]
    shop.run(
        [uv.find_uv_bin(), "lock", "--python", shop.interpreter.path, "--no-progress", *words],
        env={"UV_PYTHON_DOWNLOADS": "never"},
        log=f"uv-lock-{len(pins)}",
        cwd=shop.folder / lock.parent,
    )
    return f"uv {uv.__version__}" if hasattr(uv, "__version__") else "uv"
