"""A pytest plugin that records the outcome of every test; with xdist, in the process that gathers the reports."""

import djup_recorder as recorder
import pytest

recorder.install_warnings()

_done = {}


class Recorder(object):
    """Told of each phase of each test."""

    def pytest_runtest_logreport(self, report):
        status = _status(report)
        if status is None:
            return
        known = _done.get(report.nodeid)
        if known in ("failed", "error"):
            return
        _done[report.nodeid] = status
        recorder.outcome(report.nodeid, status, _text(report), getattr(report, "duration", 0.0))

    def pytest_collectreport(self, report):
        if report.failed:
            recorder.outcome("import of " + report.nodeid, "error", _text(report))


def _text(report):
    try:
        return str(report.longrepr) if report.longrepr else ""
    except Exception as error:
        return repr(error)


def _status(report):
    if hasattr(report, "wasxfail"):
        if report.when != "call" and not report.skipped:
            return None
        return "xfailed" if report.skipped else "xpassed"
    if report.when == "call":
        return "passed" if report.passed else "failed" if report.failed else "skipped"
    if report.failed:
        return "error"
    return "skipped" if report.skipped else None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    recorder.begin(item.nodeid)


def pytest_configure(config):
    if not hasattr(config, "workerinput") and not hasattr(config, "slaveinput"):
        config.pluginmanager.register(Recorder(), "djup-recorder")
