"""Loaded by every Python that a measured program starts: begins to measure which lines run, then hands on."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def _hand_on():
    own = [entry for entry in sys.path if os.path.abspath(entry or ".") == HERE]
    for entry in own:
        sys.path.remove(entry)
    mine = sys.modules.pop("sitecustomize", None)
    try:
        __import__("sitecustomize")
    except ImportError:
        pass
    if mine is not None:
        sys.modules.setdefault("sitecustomize", mine)


class _Watch(object):
    """Tells which templates are rendered: patches Django's Template as soon as its module is there."""

    name = "django.template.base"

    def __init__(self):
        self.busy = False

    def find_spec(self, name, path=None, target=None):
        if name != self.name or self.busy:
            return None
        import importlib.util

        self.busy = True
        try:
            spec = importlib.util.find_spec(name)
        finally:
            self.busy = False
        run = spec.loader.exec_module

        def run_and_patch(module):
            run(module)
            _patch(module)

        spec.loader.exec_module = run_and_patch
        return spec

    def find_module(self, name, path=None):
        return self if name == self.name and not self.busy else None

    def load_module(self, name):
        self.busy = True
        __import__(name)
        _patch(sys.modules[name])
        return sys.modules[name]


def _patch(module):
    render, told = module.Template.render, set()

    def telling(self, *args, **kwargs):
        name = getattr(self, "name", None)
        if name and name not in told:
            told.add(name)
            with open(os.path.join(os.environ["DJUP_PROBE_OUT"], "templates.txt"), "a") as handle:
                handle.write("%s\n" % name)
        return render(self, *args, **kwargs)

    module.Template.render = telling


def _start():
    """Start coverage.py; from the project's environment where it is there, so that nothing shadows it."""
    overlay = os.environ["DJUP_COVERAGE"]
    sys.path.append(overlay)
    try:
        import coverage

        coverage.process_startup()
    except Exception:
        pass
    finally:
        sys.path.remove(overlay)


_hand_on()
if os.environ.get("COVERAGE_PROCESS_START") and os.environ.get("DJUP_COVERAGE"):
    _start()
    sys.meta_path.insert(0, _Watch())
