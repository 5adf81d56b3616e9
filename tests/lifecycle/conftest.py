"""Frozen pages and a site made of them on a settled day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from djup.lifecycle.catalogue import Catalogue, load_catalogue
from djup.lifecycle.site.settings import Settings
from djup.lifecycle.site.tree import site_files

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue([HERE / "pages"], bundled=False)


@pytest.fixture(scope="session")
def settings() -> Settings:
    now = dt.datetime(2026, 4, 10, 3, 42, 3, tzinfo=dt.UTC)
    return Settings(now=now, url="https://lifecycles.example")


@pytest.fixture(scope="session")
def files(catalogue: Catalogue, settings: Settings) -> dict[str, bytes]:
    return dict(site_files(catalogue, settings))
