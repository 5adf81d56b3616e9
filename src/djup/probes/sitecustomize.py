"""Loaded by every Python that the probed program starts: records warnings there too, then hands on to the real one."""

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
        sys.modules.setdefault("sitecustomize", mine)  # Python takes it from there once this module has run
    sys.path.extend(own)


if os.environ.get("DJUP_PROBE_OUT"):
    import djup_recorder as recorder

    recorder.install_warnings()
_hand_on()
