"""Source distributions from the package index, unpacked."""

from __future__ import annotations

import html
import io
import re
import tarfile
import urllib.request
import zipfile
from pathlib import Path
from urllib.parse import urljoin

INDEX = "https://pypi.org/simple/"
LINK = re.compile(r'href="(?P<url>[^"]+)"[^>]*>\s*(?P<file>[^<\s]+)\s*<')


def unpack_sdist(name: str, version: str, folder: Path) -> Path:
    """Download the sdist of a version and unpack it below ``folder``; return the folder of its files.

    Raises LookupError where the index has none.
    """
    index = INDEX + re.sub(r"[-_.]+", "-", name).lower() + "/"
    with urllib.request.urlopen(index) as answer:
        page = answer.read().decode()
    wanted = re.compile(rf"{re.sub('[-_.]+', '[-_.]+', name)}-{re.escape(version)}\.(tar\.gz|tgz|zip)", re.IGNORECASE)
    for link in LINK.finditer(page):
        if wanted.fullmatch(link["file"]):
            address = urljoin(index, html.unescape(link["url"]))
            with urllib.request.urlopen(address) as answer:
                return _unpack(link["file"], answer.read(), folder)
    raise LookupError(f"the index has no sdist of {name} {version}")


def _unpack(name: str, data: bytes, folder: Path) -> Path:
    before = set(folder.iterdir()) if folder.exists() else set()
    folder.mkdir(parents=True, exist_ok=True)
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            archive.extractall(folder)
    else:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            archive.extractall(folder, filter="data")
    (made,) = set(folder.iterdir()) - before
    return made
