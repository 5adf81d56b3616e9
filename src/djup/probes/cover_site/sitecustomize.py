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
