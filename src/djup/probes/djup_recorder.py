"""Writes what happens in this process as JSON lines: test outcomes, and every warning with the file to blame.

Runs on Python 2.7 and newer; needs nothing but the standard library. ``DJUP_PROBE_OUT`` names the folder to write to.

What Python code warns of is recorded where warnings.warn() is called, whatever filters say. What Python's own C code warns of
(datetime.utcnow(), for one) never comes that way: it is seen by a filter that stands first and matches nothing.
"""

import fcntl
import json
import mmap
import os
import random
import sys
import threading
import warnings
import zlib

OUT = os.environ.get("DJUP_PROBE_OUT", "")
HERE = os.path.dirname(os.path.abspath(__file__))
SHORT = 4000
LIMIT = 20000
HIGH = 400
WIDTH = 512
SKIPPED, BLAMABLE, ENGINE = 1, 2, 3
"""What a file is to a warning: Django's or Python's own, to be blamed, or of Django's template engine."""
PASSED = '{"id": %s, "status": "passed", "message": "", "seconds": %.6f}\n'
SEEDED = (("numpy.random", "seed"), ("factory.random", "reseed_random"))

_encode = json.JSONEncoder(default=str).encode
_lock = threading.Lock()
_counts = {}
_process = os.getpid()
_kinds = {}
_names = {}
_files = {}
_mapped = {}
_inside = threading.local()

subject = ""
"""The file that is looked at just now, to be blamed where no frame of the stack is."""


def write(name, record):
    """Append one JSON line to a file; a line is written whole or not at all."""
    append(name, _encode(record) + "\n")


def append(name, line):
    """Append a line, which is JSON already."""
    data = line if isinstance(line, bytes) else line.encode("utf-8")
    try:
        os.write(_opened(name), data)
    except OSError:  # the program closed what it did not open
        _files.clear()
        os.write(_opened(name), data)


def _opened(name):
    """A file of the results, held open by this process, with a number too high to be given to another file soon."""
    key = (os.getpid(), name)
    if key not in _files:
        low = os.open(os.path.join(OUT, name), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        try:
            _files[key] = fcntl.fcntl(low, getattr(fcntl, "F_DUPFD_CLOEXEC", fcntl.F_DUPFD), HIGH)
            os.close(low)
        except (OSError, IOError, ValueError):
            _files[key] = low
    return _files[key]


def outcome(test_id, status, message="", seconds=0.0, **more):
    """Record the outcome of one test; most pass, and say nothing else."""
    if status == "passed" and not message and not more:
        append("outcomes.jsonl", PASSED % (_encode(test_id), seconds))
        return
    record = {"id": test_id, "status": status, "message": message[-SHORT:], "seconds": seconds}
    record.update(more)
    write("outcomes.jsonl", record)


def begin(test_id):
    """Note which test runs in this process, and let chance be the same for it in each run of the same ``DJUP_SEED``."""
    write_over("running-%d.txt" % os.getpid(), test_id)
    text = os.environ.get("DJUP_SEED", "0") + test_id
    seed = zlib.crc32(text.encode("utf-8", "replace") if isinstance(text, type(u"")) else text) & 0xFFFFFFFF
    random.seed(seed)
    for module, name in SEEDED:
        known = sys.modules.get(module)
        if known is not None:
            try:
                getattr(known, name)(seed)
            except Exception:
                pass


def write_over(name, text):
    """Let a file hold one text, in a line of a fixed width: it is mapped into memory, so that no call of the system is made."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    key = (os.getpid(), name)
    try:
        mapped = _mapped.get(key) or _map(key)
        mapped[:] = data[: WIDTH - 1].ljust(WIDTH - 1) + b"\n"
    except (OSError, IOError, ValueError):  # a file system that cannot do that
        pass


def _map(key):
    opened = os.open(os.path.join(OUT, key[1]), os.O_RDWR | os.O_CREAT, 0o666)
    try:
        os.ftruncate(opened, WIDTH)
        _mapped[key] = mmap.mmap(opened, WIDTH)
    finally:
        os.close(opened)
    return _mapped[key]


def install_warnings():
    """Let every warning be recorded; what becomes of it otherwise stays."""
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
        if category is None and not isinstance(message, Warning):
            category = UserWarning  # Python 2 takes no None here
        level = stacklevel if kwargs.get("skip_file_prefixes") else stacklevel + 1
        outer, _inside.warn = getattr(_inside, "warn", False), True
        try:
            return warn(message, category, level, **kwargs)
        finally:
            _inside.warn = outer

    def recording_warn_explicit(message, category, filename, lineno, *args, **kwargs):
        try:
            module = kwargs.get("module") or (args[0] if args else None) or os.path.basename(filename)
            _count(_kind(message, category), _text(message), (filename, lineno, module), filename)
        except Exception:
            pass
        outer, _inside.warn = getattr(_inside, "warn", False), True
        try:
            return warn_explicit(message, category, filename, lineno, *args, **kwargs)
        finally:
            _inside.warn = outer

    recording_warn.djup = True
    recording_warn_explicit.djup = True
    warnings.warn = recording_warn
    warnings.warn_explicit = recording_warn_explicit
    try:
        _filters = Filters(warnings.filters)
    except Exception:
        return
    warnings.filters = _filters


class _Watching(type):
    """A class that no category is a subclass of, and that is told of each that is tried."""

    def __subclasscheck__(cls, category):
        try:
            _seen_by_filter(category)
        except Exception:
            pass
        return False


class _Text(object):
    """Stands for a pattern of messages: it matches all, and keeps the last."""

    def match(self, text):
        _inside.text = text
        return True


class _Every(object):
    def match(self, text):
        return True


_FIRST = ("ignore", _Text(), _Watching("Watching", (Warning,), {}), _Every(), 0)


class Filters(list):
    """The list of warning filters; the one that only watches stays its first, whatever is put there or taken away."""

    def __init__(self, items=()):
        list.__init__(self, [_FIRST] + [item for item in items if item is not _FIRST])

    def _settle(self):
        if not list.__len__(self) or list.__getitem__(self, 0) is not _FIRST:
            kept = [item for item in list(self) if item is not _FIRST]
            list.__setitem__(self, slice(None), [_FIRST] + kept)

    def insert(self, index, item):
        list.insert(self, index, item)
        self._settle()

    def __getitem__(self, index):
        found = list.__getitem__(self, index)
        return Filters(found) if isinstance(index, slice) else found

    def __getslice__(self, start, end):
        return Filters(list.__getslice__(self, start, end))

    def __setitem__(self, index, value):
        list.__setitem__(self, index, value)
        self._settle()

    def __setslice__(self, start, end, value):
        list.__setitem__(self, slice(start, end), value)
        self._settle()

    def __delitem__(self, index):
        list.__delitem__(self, index)
        self._settle()

    def clear(self):
        del self[:]

    def copy(self):
        return Filters(self)

    def __reduce__(self):
        return (list, ([item for item in self if item is not _FIRST],))


def _seen_by_filter(category):
    """Record what C code warns of; calls of warnings.warn() are recorded already, compiling is another probe's."""
    if getattr(_inside, "warn", False) or not isinstance(category, type) or issubclass(category, SyntaxWarning):
        return
    frame = sys._getframe(2)
    if frame.f_code.co_filename.startswith(HERE) or _is_import(frame):
        return
    _blame(_kind("", category), _text(getattr(_inside, "text", "")), frame, None, None)


def warned(category, message, path, line):
    """Record what compiling a file warns of: its module tells where."""
    module = os.path.splitext(os.path.basename(path))[0]
    _count(_kind("", category), _text(message), (path, line, module), "")


def _kind(message, category):
    kind = type(message) if isinstance(message, Warning) else category or UserWarning
    if kind not in _names:
        _names[kind] = kind.__module__ + "." + kind.__name__
    return _names[kind]


def _text(message):
    try:
        return str(message)
    except UnicodeError:
        return repr(message)


def _is_import(frame):
    return "importlib" in frame.f_code.co_filename and "_bootstrap" in frame.f_code.co_filename


def _outer(frame):
    """The next outer frame, without those of the import system, as warnings.warn() counts them."""
    frame = frame.f_back
    while frame is not None and _is_import(frame):
        frame = frame.f_back
    return frame


def _record(message, category, stacklevel, prefixes):
    issuer = frame = sys._getframe(2)
    if prefixes:
        while frame is not None and frame.f_code.co_filename.startswith(tuple(prefixes)):
            frame = _outer(frame)
    else:
        for _ in range(stacklevel - 1):
            if _outer(frame) is None:
                break
            frame = _outer(frame)
    if frame is None:
        return
    skipped = _package(issuer.f_code.co_filename) if frame is issuer else None
    _blame(_kind(message, category), _text(message), frame, issuer, skipped)


def _blame(category, text, frame, issuer, skipped):
    """Find whose the warning is: the first frame from the one it points to that is neither Django's nor Python's.

    A package that points to no caller speaks to whoever calls it: it is the one ``skipped``. A template is blamed before
    the code that renders it. Where nobody can be blamed it is who warned, the ``issuer`` (None: Python's C code).
    """
    template = ""
    blamed = frame
    while blamed is not None:
        path = blamed.f_code.co_filename
        kind = _kinds.get(path) or _kind_of(path)
        if kind == BLAMABLE and (skipped is None or _package(path) != skipped):
            break
        if kind == ENGINE:
            template = _template_of(blamed)
            if template:
                break
        blamed = blamed.f_back
    if template:
        place = (template, 0, "template")
    elif blamed is not None:
        place = (blamed.f_code.co_filename, blamed.f_lineno, _symbol(blamed))
    elif subject:
        place = (subject, 0, "template")
    elif _named_module(text):
        place = (_named_module(text), 0, text.split("'")[1])
    else:
        last = issuer or frame
        place = (last.f_code.co_filename, last.f_lineno, _symbol(last))
    _count(category, text, place, issuer.f_code.co_filename if issuer else "")


def _template_of(frame):
    """The file of the template that a frame of Django's template engine works on, ``""`` where it tells none."""
    for name in ("self", "parser", "token"):
        origin = getattr(frame.f_locals.get(name), "origin", None)
        path = str(getattr(origin, "name", "") or "")
        if os.path.isabs(path):
            return path
    path = str(frame.f_locals.get("display_name") or "")  # Django before 1.9 keeps origins only in debug mode
    return path if os.path.isabs(path) else ""


def _named_module(text):
    """The file of the module that a text begins with, as in ``'shop' defines default_app_config``."""
    name = text.split("'")[1] if text.startswith("'") and text.count("'") > 1 else ""
    path = getattr(sys.modules.get(name), "__file__", None) or ""
    path = path[:-1] if path.endswith(".pyc") else path
    return path if path and blamable(path) else ""


def _symbol(frame):
    """The dotted name of the code a frame runs: its module and function, without lines."""
    module = frame.f_globals.get("__name__") or "?"
    name = frame.f_code.co_name
    return module if name == "<module>" else module + "." + name


def _count(category, text, place, issuer):
    global _lock, _process
    if os.getpid() != _process:
        _process, _lock = os.getpid(), threading.Lock()
        _counts.clear()
    path, line, symbol = place
    key = (category, text, path, line)
    with _lock:
        if key not in _counts and len(_counts) >= LIMIT:
            return
        count = _counts[key] = _counts.get(key, 0) + 1
        if count & (count - 1) == 0:
            write(
                "warnings-%d.jsonl" % os.getpid(),
                {
                    "category": category,
                    "text": text[:SHORT],
                    "path": path,
                    "line": line,
                    "symbol": symbol,
                    "count": count,
                    "issuer": issuer,
                },
            )


_STDLIB = tuple(
    {os.path.dirname(os.path.abspath(os.__file__)), os.path.dirname(os.path.abspath(os.path.realpath(os.__file__)))}
)
RUNNERS = ("django", "_pytest", "pytest", "pluggy", "pytest_django", "xdist", "execnet", "py")


def _package(path):
    """The top-level name of the package a file of an environment belongs to; the project's own files have none."""
    absolute = os.path.abspath(path or "").replace("dist-packages", "site-packages")
    if "site-packages" not in absolute:
        return None
    return absolute.rsplit("site-packages" + os.sep, 1)[-1].split(os.sep)[0].split(".")[0]


def blamable(path):
    """Whether a file is neither Django's, Python's, this probe's, nor the script that only starts things."""
    path = path or ""
    return (_kinds.get(path) or _kind_of(path)) == BLAMABLE


def _kind_of(path):
    """What a file is to a warning; asked once for each."""
    engine = os.sep + os.path.join("django", "template") + os.sep in path
    _kinds[path] = BLAMABLE if _blamable(path) else ENGINE if engine else SKIPPED
    return _kinds[path]


def _blamable(path):
    if path.startswith("<") or path.startswith(HERE) or os.path.basename(path) in ("manage.py", "runtests.py"):
        return False
    package = _package(path)
    if package is not None:
        return package not in RUNNERS
    return not os.path.abspath(path).startswith(_STDLIB)


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
