"""Writes what happens in this process as JSON lines: test outcomes, and every warning with the file to blame.

Runs on Python 2.7 and newer; needs nothing but the standard library. ``DJUP_PROBE_OUT`` names the folder to write to.
"""

import io
import json
import os
import sys
import threading
import warnings

OUT = os.environ.get("DJUP_PROBE_OUT", "")
HERE = os.path.dirname(os.path.abspath(__file__))
SHORT = 4000
LIMIT = 20000

_lock = threading.Lock()
_counts = {}


def write(name, record):
    """Append one JSON line to a file of this process; a line is written whole or not at all."""
    line = json.dumps(record, default=str)
    if not isinstance(line, type(u"")):
        line = line.decode("utf-8")
    with io.open(os.path.join(OUT, name), "a", encoding="utf-8") as handle:
        handle.write(line + u"\n")


def outcome(test_id, status, message="", seconds=0.0):
    """Record the outcome of one test."""
    write("outcomes.jsonl", {"id": test_id, "status": status, "message": message[-SHORT:], "seconds": seconds})


def install_warnings():
    """Let every call of warnings.warn be recorded, whatever filters say; what it does otherwise stays."""
    if getattr(warnings.warn, "djup", False):
        return
    warn = warnings.warn
    warn_explicit = warnings.warn_explicit

    def recording_warn(message, category=None, stacklevel=1, source=None, **kwargs):
        try:
            _record(message, category, stacklevel, kwargs.get("skip_file_prefixes", ()))
        except Exception:
            pass
        if source is not None:
            kwargs["source"] = source
        level = stacklevel if kwargs.get("skip_file_prefixes") else stacklevel + 1
        return warn(message, category, level, **kwargs)

    def recording_warn_explicit(message, category, filename, lineno, *args, **kwargs):
        try:
            _count(_kind(message, category), str(message), filename, lineno, filename)
        except Exception:
            pass
        return warn_explicit(message, category, filename, lineno, *args, **kwargs)

    recording_warn.djup = True
    recording_warn_explicit.djup = True
    warnings.warn = recording_warn
    warnings.warn_explicit = recording_warn_explicit


def _kind(message, category):
    kind = type(message) if isinstance(message, Warning) else category or UserWarning
    return kind.__module__ + "." + kind.__name__


def _record(message, category, stacklevel, prefixes):
    frame = sys._getframe(2)
    if prefixes:
        while frame is not None and frame.f_code.co_filename.startswith(tuple(prefixes)):
            frame = frame.f_back
    else:
        for _ in range(stacklevel - 1):
            if frame.f_back is None:
                break
            frame = frame.f_back
    if frame is None:
        return
    blamed = frame
    while blamed is not None and not blamable(blamed.f_code.co_filename):
        blamed = blamed.f_back
    owner = (blamed or frame).f_code.co_filename
    _count(_kind(message, category), str(message), frame.f_code.co_filename, frame.f_lineno, owner)


def _count(category, text, path, line, owner):
    key = (category, text, path, line)
    with _lock:
        if key not in _counts and len(_counts) >= LIMIT:
            return
        count = _counts[key] = _counts.get(key, 0) + 1
        if count & (count - 1) == 0:
            write(
                "warnings-%d.jsonl" % os.getpid(),
                {"category": category, "text": text[:SHORT], "path": path, "line": line, "count": count, "owner": owner},
            )


_STDLIB = tuple(
    {os.path.dirname(os.path.abspath(os.__file__)), os.path.dirname(os.path.abspath(os.path.realpath(os.__file__)))}
)


def blamable(path):
    """Whether a file is neither Django's, Python's, this probe's, nor the script that only starts things."""
    path = path or ""
    if path.startswith("<") or path.startswith(HERE) or os.path.basename(path) in ("manage.py", "runtests.py"):
        return False
    absolute = os.path.abspath(path)
    if "site-packages" in absolute or "dist-packages" in absolute:
        inside = absolute.replace("dist-packages", "site-packages").rsplit("site-packages" + os.sep, 1)[-1]
        return inside.split(os.sep)[0] not in ("django", "_pytest", "pytest", "pluggy", "pytest_django")
    return not absolute.startswith(_STDLIB)


def frames_of(trace):
    """The files and lines of a traceback, outermost first."""
    frames = []
    while trace is not None:
        frames.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    return frames


def blame(error, trace):
    """The file to blame for an exception: the innermost frame that is neither Django's nor Python's."""
    if isinstance(error, SyntaxError) and error.filename and not error.filename.startswith("<"):
        return error.filename
    for path, _ in reversed(frames_of(trace)):
        if blamable(path):
            return path
    return ""
