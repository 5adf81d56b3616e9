"""Runs a test command in this process, as ``python`` would, and records the outcome of every test.

Usage: run_tests.py RUNNER SCRIPT-OR-OPTION... with ``DJUP_PROBE_OUT`` set. RUNNER is manage, script or pytest.
"""

import os
import runpy
import sys
import time
import traceback
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != HERE]
sys.path.append(HERE)

import djup_recorder as recorder  # noqa: E402

MAIN = os.getpid()
_started = {}
_packaged = {}
PACKAGES = os.sep + "site-packages" + os.sep, os.sep + "dist-packages" + os.sep


def test_id(test):
    """An id that is the same for all loaders and releases; a module that failed to import is named by itself."""
    name = test.id() if hasattr(test, "id") else str(test)
    for mark in ("unittest.loader._FailedTest.", "unittest.loader.ModuleImportFailure.", "unittest2.loader._FailedTest."):
        if name.startswith(mark):
            return "import of " + name[len(mark):]
    return name


def is_packaged(test):
    """Whether a test belongs to an installed package: until Django 1.6 those of all installed apps are run.

    They change from release to release, and tell nothing of the project.
    """
    doctest = getattr(test, "_dt_test", None)
    kind = type(test)
    key = (getattr(doctest, "filename", None) or "") if doctest is not None else kind
    if key not in _packaged:
        path = key if doctest is not None else getattr(sys.modules.get(kind.__module__), "__file__", None) or ""
        _packaged[key] = any(mark in os.path.abspath(path) for mark in PACKAGES) if path else False
    return _packaged[key]


def install_unittest():
    """Record in unittest's own result class: whatever runner a project has, its results end there."""
    result = unittest.TestResult
    original = {}

    def text_of(error):
        try:
            return "".join(traceback.format_exception(*error)) if isinstance(error, tuple) else str(error)
        except Exception:
            return repr(error)

    def recording(name, status, message):
        original[name] = getattr(result, name)

        def method(self, test, *args, **kwargs):
            if os.getpid() == MAIN and not is_packaged(test):
                now = time.time()
                known, began = _started.pop(id(test), None) or (test_id(test), now)
                recorder.outcome(known, status, message(args), now - began)
            return original[name](self, test, *args, **kwargs)

        setattr(result, name, method)

    recording("addSuccess", "passed", lambda args: "")
    recording("addFailure", "failed", lambda args: text_of(args[0]))
    recording("addError", "error", lambda args: text_of(args[0]))
    recording("addSkip", "skipped", lambda args: str(args[0]))
    recording("addExpectedFailure", "xfailed", lambda args: "")
    recording("addUnexpectedSuccess", "xpassed", lambda args: "")

    start = result.startTest

    def start_test(self, test):
        name = test_id(test)
        recorder.begin(name)
        if os.getpid() == MAIN and is_packaged(test):
            recorder.append("packaged.jsonl", "{}\n")
        elif os.getpid() == MAIN:
            _started[id(test)] = (name, time.time())
        return start(self, test)

    result.startTest = start_test
    if hasattr(result, "addSubTest"):
        subtest = result.addSubTest

        def add_subtest(self, test, part, error):
            if os.getpid() == MAIN and error is not None and not is_packaged(test):
                status = "failed" if issubclass(error[0], test.failureException) else "error"
                recorder.outcome(test_id(test), status, text_of(error))
            return subtest(self, test, part, error)

        result.addSubTest = add_subtest


def main():
    runner, arguments = sys.argv[1], sys.argv[2:]
    recorder.install_warnings()
    if runner == "pytest":
        at = arguments.index("pytest") + 1
        # pytest-randomly would give each run another order.
        options = ["-p", "djup_pytest", "-p", "no:cacheprovider", "-p", "no:randomly"]
        sys.argv = ["pytest"] + options + arguments[at:]
        sys.path.insert(0, os.getcwd())
        runpy.run_module("pytest", run_name="__main__", alter_sys=True)
        return
    install_unittest()
    if arguments[0] == "-m":
        sys.path.insert(0, os.getcwd())
        sys.argv = arguments[1:]
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    else:
        script = os.path.abspath(arguments[0])
        sys.argv = arguments
        sys.path.insert(0, os.path.dirname(script))
        runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main()
