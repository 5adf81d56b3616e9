"""The package index as a client sees it: both forms of its pages, what was withdrawn, and an index that is down."""

from __future__ import annotations

import datetime as dt
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from djup.packages.index import Index, IndexUnreachableError, without_credentials
from djup.packages.pages import admits_python, version_of

JSON_PAGE = {
    "meta": {"api-version": "1.1"},
    "name": "six",
    "files": [
        {
            "filename": "six-1.0.tar.gz",
            "url": "../files/six-1.0.tar.gz",
            "hashes": {},
            "upload-time": "2011-01-02T03:04:05Z",
        },
        {
            "filename": "six-2.0-py3-none-any.whl",
            "url": "/f/six-2.0-py3-none-any.whl",
            "hashes": {},
            "requires-python": ">=3.9",
        },
        {"filename": "six-2.1.tar.gz", "url": "/f/six-2.1.tar.gz", "hashes": {}, "yanked": "broken"},
        {"filename": "six-3.0rc1.tar.gz", "url": "/f/six-3.0rc1.tar.gz", "hashes": {}},
        {"filename": "six-1.0.exe", "url": "/f/six-1.0.exe", "hashes": {}},
    ],
}
HTML_PAGE = """<!DOCTYPE html><html><body><h1>Links for attrs</h1>
<a href="https://files.example/attrs-19.1.0.tar.gz#sha256=aa" data-requires-python="&gt;=2.7">attrs-19.1.0.tar.gz</a>
<a href="attrs-20.1.0-py2.py3-none-any.whl" data-yanked="" data-core-metadata="sha256=bb">attrs-20.1.0</a>
</body></html>"""


class Served(http.server.BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        pages = {
            "/simple/six/": ("application/vnd.pypi.simple.v1+json", json.dumps(JSON_PAGE)),
            "/simple/attrs/": ("text/html", HTML_PAGE),
        }
        if self.path == "/simple/closed/":
            self.send_response(401)
            self.end_headers()
            return
        kind, text = pages.get(self.path, ("", ""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain")
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        pass


@pytest.fixture
def address() -> Iterator[str]:
    Served.asked = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Served)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/simple"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_in_json_tells_versions_days_and_what_was_withdrawn(address: str, tmp_path: Path):
    page = Index([address], cache=tmp_path).page("Six")
    assert page.versions() == ("1.0", "2.0", "3.0rc1")
    assert page.uploaded("1.0") == dt.date(2011, 1, 2)
    assert page.uploaded("2.0") is None
    assert page.files[0].url == address.removesuffix("simple") + "simple/files/six-1.0.tar.gz"


def test_the_newest_fits_the_python_and_is_no_pre_release_unless_asked(address: str, tmp_path: Path):
    page = Index([address], cache=tmp_path).page("six")
    assert page.newest() == "2.0"
    assert page.newest(python="3.8.1") == "1.0"
    assert page.newest(pre=True) == "3.0rc1"


def test_a_page_in_html_is_read_too(address: str, tmp_path: Path):
    page = Index([address], cache=tmp_path).page("attrs")
    assert [(file.version, file.wheel, file.yanked) for file in page.files] == [
        ("19.1.0", False, False),
        ("20.1.0", True, True),
    ]
    assert page.files[0].requires_python == ">=2.7"
    assert page.files[1].url == f"{address}/attrs/attrs-20.1.0-py2.py3-none-any.whl"


def test_what_no_index_has_has_no_files(address: str, tmp_path: Path):
    assert Index([address], cache=tmp_path).page("nothing").files == ()


def test_an_answer_is_kept_as_long_as_the_index_allows(address: str, tmp_path: Path):
    for _ in range(3):
        Index([address], cache=tmp_path).pages(["six", "attrs", "six"])
    assert sorted(Served.asked) == ["/simple/attrs/", "/simple/six/"]


def test_an_index_that_refuses_or_is_down_is_named_without_credentials(address: str, tmp_path: Path):
    secret = address.replace("http://", "http://user:s3cret@")
    with pytest.raises(IndexUnreachableError, match="answered 401") as refused:
        Index([secret], cache=tmp_path).page("closed")
    with pytest.raises(IndexUnreachableError, match="could not be reached") as down:
        Index(["http://user:s3cret@127.0.0.1:9/simple"], cache=tmp_path).page("six")
    assert "s3cret" not in str(refused.value) + str(down.value)
    assert without_credentials("https://a:b@x.example/simple") == "https://x.example/simple"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Django-1.4.22.tar.gz", ("1.4.22", False)),
        ("django-5.2-py3-none-any.whl", ("5.2", True)),
        ("PIL-1.1.7.zip", ("1.1.7", False)),
        ("readme.txt", None),
        ("six-1.0.win32.exe", None),
    ],
)
def test_the_name_of_a_file_tells_its_version(name: str, known: tuple[str, bool] | None):
    assert version_of(name) == known


def test_a_requires_python_nobody_can_read_forbids_nothing():
    assert admits_python(">=3.x", "3.9.1")
    assert not admits_python(">=3.10", "3.9.1")
