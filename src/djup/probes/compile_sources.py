"""Compiles each source file listed in a file, as JSON lines of those that this Python cannot read; writes no bytecode.

Usage: compile_sources.py LIST-FILE ROOT with ``DJUP_PROBE_OUT`` set.
"""

import io
import os
import sys
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(HERE)

import djup_recorder as recorder  # noqa: E402


def main():
    with io.open(sys.argv[1], encoding="utf-8") as handle:
        names = [line.rstrip("\n") for line in handle if line.strip()]
    for name in names:
        path = os.path.join(sys.argv[2], name)
        try:
            with open(path, "rb") as handle, warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                compile(handle.read(), name, "exec", 0, True)
            for one in caught:
                recorder.warned(one.category, one.message, path, one.lineno)
        except (SyntaxError, ValueError, TypeError) as error:
            line = getattr(error, "lineno", 0) or 0
            message = "line %s: %s" % (line, getattr(error, "msg", error))
            recorder.write("compiled.jsonl", {"subject": name, "ok": False, "message": message})
        else:
            recorder.write("compiled.jsonl", {"subject": name, "ok": True, "message": ""})


if __name__ == "__main__":
    main()
