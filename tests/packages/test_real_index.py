"""The live package index, once for each thing asked of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from djup.environments.interpreters import interpreters, need_interpreter
from djup.environments.sources import own_sources
from djup.packages.hashes import hashes_of
from djup.packages.index import Index

pytestmark = [pytest.mark.slow, pytest.mark.network]


def test_a_page_tells_the_versions_and_the_days(tmp_path: Path):
    page = Index.of(own_sources(), cache=tmp_path).page("six")
    assert {"1.10.0", "1.16.0"} <= set(page.versions())
    uploaded = page.uploaded("1.16.0")
    assert uploaded is None or uploaded.isoformat() == "2021-05-05"


def test_hashes_are_those_of_every_file_of_a_version(tmp_path: Path):
    python = need_interpreter((3, 9), interpreters())
    found = hashes_of({"six": "1.16.0"}, python, None, root=tmp_path)
    assert set(found["six"]) == {
        "sha256:1e61c37477a1626458e36f7b1d82aa5c9b094fa4802892072e49de9c60c4c926",
        "sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254",
    }


def test_nothing_is_asked_for_nothing(tmp_path: Path):
    python = need_interpreter((3, 9), interpreters())
    assert hashes_of({}, python, None, root=tmp_path) == {}
