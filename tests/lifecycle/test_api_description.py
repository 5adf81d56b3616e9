"""The OpenAPI file: every file of the site that it names fits it, and a real server holds to it under schemathesis."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import urllib.request

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from djup.lifecycle.site.openapi import PATHS, SCHEMAS, openapi
from djup.lifecycle.site.settings import Settings


def expression(path: str) -> re.Pattern[str]:
    plain = path.strip("/") if path.endswith(".json") else f"{path.strip('/')}.json"
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(plain)))


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_fits_its_description(files, path):
    _, schema = PATHS[path]
    validator = jsonschema_rs.validator_for({**schema, "components": {"schemas": SCHEMAS}})
    exact = {other for other in PATHS if "{" not in other and other != path}
    names = {expression(other).pattern for other in exact}
    fitting = [
        name
        for name in files
        if expression(path).fullmatch(name) and not any(re.fullmatch(other, name) for other in names)
    ]
    assert fitting
    for name in fitting:
        validator.validate(json.loads(files[name]))


def test_every_json_file_of_the_site_is_described(files):
    described = [expression(path) for path in PATHS]
    undescribed = [
        name for name in files if name.endswith(".json") and not any(one.fullmatch(name) for one in described)
    ]
    assert undescribed == ["openapi.json"]


def test_the_description_is_openapi(files, settings):
    document = json.loads(files["openapi.json"])
    assert document == openapi(settings)
    assert document["openapi"] == "3.1.0"
    assert openapi(Settings(now=settings.now))["servers"] == [{"url": "/"}]
    ids = [one["get"]["operationId"] for one in document["paths"].values()]
    assert len(ids) == len(set(ids))


@pytest.mark.slow
def test_a_real_server_holds_to_it_under_schemathesis(served, tmp_path):
    words = [sys.executable, "-m", "schemathesis.cli", "run", f"{served}/openapi.json", "--checks", "all"]
    words += ["--max-examples", "40", "--phases", "examples,coverage,fuzzing"]
    ran = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-4000:]


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [
        b"/../../etc/passwd",
        b"/%2e%2e/%2e%2e/etc/passwd",
        b"/%00",
        b"/\x00",
        b"/\xff\xfe",
        b"/%",
        b"/%zz",
        b"/" + b"a" * 60_000,
        b"*",
        b"//x",
        b"http://x/",
    ],
)
def test_a_real_server_lives_through_hostile_request_lines(served, path):
    answer = raw(served, path)
    assert b"root:" not in answer
    assert answer.split(b" ")[1] in {b"200", b"308", b"400", b"404", b"414", b"431"}
    with urllib.request.urlopen(f"{served}/api/all.json") as alive:
        assert alive.status == 200


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.lists(
        st.sampled_from(
            [
                b"..",
                b"/",
                b"%2e",
                b"%2F",
                b"%00",
                b"%",
                b"%zz",
                b"%c0%af",
                b"api",
                b"v1",
                b"django",
                b".json",
                b"\\",
                b"?",
                b"#",
                b";",
            ]
        )
        | st.binary(max_size=6),
        max_size=12,
    ).map(b"".join)
)
def test_a_real_server_answers_any_path_and_never_with_a_stack_trace(served, path):
    target = b"/" + path.replace(b" ", b"").replace(b"\r", b"").replace(b"\n", b"")
    assert raw(served, target).split(b" ")[1] in {b"200", b"308", b"400", b"404"}


def raw(served: str, path: bytes) -> bytes:
    """What a server answers to a request line no client would write; never a stack trace."""
    with socket.create_connection(("127.0.0.1", int(served.rsplit(":", 1)[1])), timeout=30) as connection:
        connection.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    assert b"Traceback" not in answer
    return answer
