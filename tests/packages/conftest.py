"""A package index on the loopback: small real wheels, served as PyPI serves its own."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import http.server
import io
import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest


class Planted:
    """What the index has: wheels by name, each with what it declares."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.pages: dict[str, list[dict[str, object]]] = {}
        self.issues: dict[str, list[dict[str, object]]] = {}
        self.down = False
        self.secret = ""
        self.dated = True
        self.url = ""

    def add(
        self,
        name: str,
        version: str,
        *needs: str,
        python: str = ">=3.8",
        yanked: bool = False,
        uploaded: str = "2024-01-01",
    ) -> str:
        """Plant a wheel; returns its sha256."""
        data = wheel(name, version, needs, python)
        metadata = metadata_of(name, version, needs, python).encode()
        filename = f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
        self.files[f"/files/{filename}"] = data
        self.files[f"/files/{filename}.metadata"] = metadata
        digest = hashlib.sha256(data).hexdigest()
        self.pages.setdefault(name, []).append(
            {
                "filename": filename,
                "url": f"/files/{filename}",
                "hashes": {"sha256": digest},
                "core-metadata": {"sha256": hashlib.sha256(metadata).hexdigest()},
                "requires-python": python,
                "yanked": "broken" if yanked else False,
                "upload-time": f"{uploaded}T00:00:00.000000Z",
                "size": len(data),
            }
        )
        return digest

    def warn(self, name: str, version: str, issue: str, *fixed_in: str) -> None:
        """Tell of a security issue of a version, as PyPI does beside its simple index."""
        told: dict[str, object] = {
            "id": "PYSEC-1",
            "aliases": [issue],
            "fixed_in": list(fixed_in),
            "summary": "bad",
            "withdrawn": None,
        }
        self.issues.setdefault(f"/pypi/{name}/{version}/json", []).append(told)

    def admits(self, authorization: str) -> bool:
        """Whether a request may pass: where there is a secret, only with it."""
        return not self.secret or authorization == "Basic " + base64.b64encode(f"bob:{self.secret}".encode()).decode()

    def address(self, user: str) -> str:
        """The address of the index with credentials in it."""
        return self.url.replace("://", f"://{user}@")

    def _files(self, name: str) -> list[dict[str, object]]:
        """The files of a package, as an index tells them that may know no days."""
        hidden = () if self.dated else ("upload-time",)
        return [{key: value for key, value in file.items() if key not in hidden} for file in self.pages[name]]

    def answer(self, path: str) -> tuple[int, str, bytes]:
        if self.down:
            return 503, "text/plain", b""
        if path in self.files:
            return 200, "application/octet-stream", self.files[path]
        if path in self.issues:
            return 200, "application/json", json.dumps({"info": {}, "vulnerabilities": self.issues[path]}).encode()
        name = path.removeprefix("/simple/").strip("/")
        if name not in self.pages:
            return 404, "text/plain", b""
        page = {"meta": {"api-version": "1.1"}, "name": name, "versions": [], "files": self._files(name)}
        return 200, "application/vnd.pypi.simple.v1+json", json.dumps(page).encode()


def metadata_of(name: str, version: str, needs: tuple[str, ...], python: str) -> str:
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", f"Requires-Python: {python}"]
    return "\n".join([*lines, *(f"Requires-Dist: {need}" for need in needs)]) + "\n"


def wheel(name: str, version: str, needs: tuple[str, ...], python: str) -> bytes:
    info = f"{name.replace('-', '_')}-{version}.dist-info"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(f"{name.replace('-', '_')}.py", f"version = {version!r}\n")
        archive.writestr(f"{info}/METADATA", metadata_of(name, version, needs, python))
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return held.getvalue()


@contextlib.contextmanager
def planting(folder: Path) -> Iterator[Planted]:
    """An index with Django 3.2 to 5.0; every cache lies in the folder, as the port is used again by others."""
    index = Planted()
    for version, python in (("3.2", ">=3.6"), ("4.0", ">=3.8"), ("4.2", ">=3.8"), ("5.0", ">=3.8")):
        index.add("django", version, python=python, uploaded="2023-12-04")

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            allowed = index.admits(self.headers.get("Authorization", ""))
            status, kind, body = index.answer(self.path) if allowed else (401, "text/plain", b"")
            self.send_response(status)
            if not allowed:
                self.send_header("WWW-Authenticate", 'Basic realm="planted"')
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815  # the base class names it so

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    index.url = f"http://127.0.0.1:{server.server_port}/simple"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        patch.setenv("UV_CACHE_DIR", str(folder / "uv"))
        patch.setenv("UV_DEFAULT_INDEX", index.url)
        patch.setenv("UV_HTTP_TIMEOUT", "5")
        patch.setenv("UV_HTTP_RETRIES", "0")
        yield index
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def planted(tmp_path: Path) -> Iterator[Planted]:
    """An index of the test's own."""
    with planting(tmp_path) as index:
        yield index
