"""Take the pictures of the lifecycle site that docs/lifecycle.md shows, from the bundled pages as of today.

    python scripts/lifecycle_pictures.py

Needs Chromium.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from djup.lifecycle.catalogue import load_catalogue
from djup.lifecycle.site.build import build_site
from djup.lifecycle.site.settings import Settings

FOLDER = Path(__file__).parent.parent / "docs" / "lifecycle"
DESKTOP, PHONE = (1280, 900), (390, 844)
PICTURES: dict[str, tuple[str, tuple[int, int], Literal["light", "dark"], str]] = {
    "index-desktop": ("index.html", DESKTOP, "light", ""),
    "index-phone": ("index.html", PHONE, "light", ""),
    "django-desktop": ("django/index.html", DESKTOP, "light", ""),
    "django-phone": ("django/index.html", PHONE, "light", ""),
    "django-dark": ("django/index.html", DESKTOP, "dark", ""),
    "roadmap-desktop": ("django/index.html", DESKTOP, "light", "figure"),
    "roadmap-phone": ("django/index.html", PHONE, "light", "figure"),
}
"""Each picture's page, size and colours, and the part of the page it shows (``""`` for what the window shows)."""


def main() -> int:
    """Write the pictures; the exit code is 1 where no browser is installed."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        sys.exit("no Chromium is installed")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        build_site(load_catalogue(), Settings(now=dt.datetime.now(dt.UTC)), site)
        browser = playwright.chromium.launch(executable_path=Path(program), args=arguments)
        for name in PICTURES:
            take(browser, site, name)
        browser.close()
    return 0


def take(browser: Browser, site: Path, name: str) -> None:
    """Take one picture."""
    path, (width, height), scheme, part = PICTURES[name]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto((site / path).as_uri())
    target = FOLDER / f"{name}.png"
    if part:
        page.locator(part).screenshot(path=target)
    else:
        page.screenshot(path=target)
    page.close()


if __name__ == "__main__":
    sys.exit(main())
