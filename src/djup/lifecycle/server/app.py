"""The ASGI application: GET, HEAD and OPTIONS, entity tags, byte ranges, CORS, and JSON errors for the API."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import quote

import msgspec

from djup.lifecycle.server.answers import COMMON, Answer, Answers, Header

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

RANGE = re.compile(rb"^bytes=(\d{0,18})-(\d{0,18})$")
OK, NO_CONTENT, PARTIAL, MOVED, UNCHANGED = 200, 204, 206, 308, 304
NOT_FOUND, NOT_ALLOWED, NOT_SATISFIABLE = 404, 405, 416
METHODS = b"GET, HEAD, OPTIONS"
MACHINES = ("/api/", "/badge/", "/upcoming/")


class App:
    """Answers requests from whatever answers it holds at the moment; they may be replaced at any time."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection of the ASGI protocol."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})

    async def _http(self, scope: Scope, send: Send) -> None:
        method = scope["method"]
        if method == "OPTIONS":
            await _send(send, NO_CONTENT, [(b"allow", METHODS), (b"access-control-allow-methods", METHODS), *COMMON])
            return
        if method not in {"GET", "HEAD"}:
            await _problem(send, NOT_ALLOWED, "only GET and HEAD are answered", [(b"allow", METHODS)])
            return
        alone = method == "HEAD"
        found = self.answers.find(scope["path"])
        if isinstance(found, Answer):
            await _found(send, found, scope["headers"], alone=alone)
        elif isinstance(found, str):
            await _send(send, MOVED, [(b"location", quote(found).encode()), *COMMON])
        elif scope["path"].startswith(MACHINES) or scope["path"].endswith(".json"):
            await _problem(send, NOT_FOUND, "there is no such thing", [], alone=alone)
        else:
            page = self.answers.missing_page
            headers = [header for header in page.headers if header[0] not in {b"etag", b"accept-ranges"}]
            await _send(send, NOT_FOUND, headers, page.body, alone=alone)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _found(send: Send, answer: Answer, headers: list[Header], *, alone: bool) -> None:
    conditions = {name: value for name, value in headers if name in {b"if-none-match", b"range", b"if-range"}}
    if conditions:
        wanted = conditions.get(b"if-none-match")
        if wanted is not None and _matches(wanted, answer.etag):
            await _send(send, UNCHANGED, answer.headers)
            return
        part = None if wanted is not None else _part(conditions, answer)
        if part is not None:
            await _send_part(send, answer, part, alone=alone)
            return
    await _send(send, OK, answer.headers, answer.body, alone=alone)


def _matches(wanted: bytes, etag: bytes) -> bool:
    """Whether one of the tags a client has is ours; weak ones count, as RFC 9110 has it for If-None-Match."""
    tags = [tag.strip().removeprefix(b"W/") for tag in wanted.split(b",")]
    return etag in tags or b"*" in tags


def _part(conditions: dict[bytes, bytes], answer: Answer) -> tuple[int, int] | None:
    """The first and last byte asked for, None for all of it; an impossible one has its last before its first."""
    match = RANGE.match(conditions.get(b"range", b"").strip())
    if match is None or conditions.get(b"if-range", answer.etag) != answer.etag:
        return None
    size = len(answer.body)
    first, last = match[1], match[2]
    if first:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
        return None if last and int(last) < start else (start, end)
    if not last:
        return None
    return (size, size - 1) if int(last) == 0 else (max(0, size - int(last)), size - 1)


async def _send_part(send: Send, answer: Answer, part: tuple[int, int], *, alone: bool) -> None:
    start, end = part
    size = len(answer.body)
    if start >= size:
        span = [(b"content-range", b"bytes */%d" % size)]
        await _problem(send, NOT_SATISFIABLE, f"there are only {size} bytes", span, alone=alone)
        return
    headers = [*answer.headers, (b"content-range", b"bytes %d-%d/%d" % (start, end, size))]
    await _send(send, PARTIAL, headers, answer.body[start : end + 1], alone=alone)


async def _problem(send: Send, status: int, words: str, headers: list[Header], *, alone: bool = False) -> None:
    body = msgspec.json.encode({"error": words, "status": status})
    await _send(send, status, [(b"content-type", b"application/json"), *headers, *COMMON], body, alone=alone)


async def _send(
    send: Send, status: int, headers: tuple[Header, ...] | list[Header], body: bytes = b"", *, alone: bool = False
) -> None:
    """Send a whole answer; ``alone`` sends the headers of a body without it, as HEAD asks."""
    sized = [*headers] if status in {NO_CONTENT, UNCHANGED} else [*headers, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": sized})
    await send({"type": "http.response.body", "body": b"" if alone else body})
