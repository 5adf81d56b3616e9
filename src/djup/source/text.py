"""Source files as bytes: their encoding, byte order mark and line ends are read here and kept exactly when written."""

from __future__ import annotations

import codecs
import io
import tokenize

from djup.model import Record


class SourceText(Record):
    """The text of a source file: ``body`` is UTF-8 without a byte order mark, whatever the file itself uses.

    ``newline`` is the line end of its first line (LF for a file of one line).
    """

    body: bytes
    encoding: str = "utf-8"
    bom: bool = False
    newline: bytes = b"\n"

    def encode(self, body: bytes) -> bytes:
        """Return a new body in the encoding of this file; raises UnicodeEncodeError where it has no such letter."""
        if self.encoding == "utf-8":
            return codecs.BOM_UTF8 + body if self.bom else body
        return body.decode().encode(self.encoding)


class Unreadable(Record):
    """Why a file could not be read as text or parsed, and at which line (0: the file as a whole)."""

    reason: str
    line: int = 0


def read_text(data: bytes, *, python: bool = True) -> SourceText | Unreadable:
    """Read the bytes of a file: Python source by its byte order mark and cookie (PEP 263), anything else as UTF-8."""
    encoding = "utf-8"
    bom = data.startswith(codecs.BOM_UTF8)
    if python and not bom:
        try:
            encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
        except SyntaxError as error:
            return Unreadable(reason=str(error), line=1)
    return _decoded(data, encoding, bom=bom)


def _decoded(data: bytes, encoding: str, *, bom: bool) -> SourceText | Unreadable:
    bare = data[len(codecs.BOM_UTF8) :] if bom else data
    try:
        text = bare.decode(encoding)
    except UnicodeDecodeError as error:
        line = bare.count(b"\n", 0, error.start) + 1
        return Unreadable(reason=f"it is not {encoding}: {error.reason}", line=line)
    body = bare if encoding == "utf-8" else text.encode()
    return SourceText(body=body, encoding=encoding, bom=bom, newline=line_end(body))


def line_end(body: bytes) -> bytes:
    """Return the line end of the first line: CR LF or LF."""
    first = body.find(b"\n")
    return b"\r\n" if first > 0 and body[first - 1 : first] == b"\r" else b"\n"
