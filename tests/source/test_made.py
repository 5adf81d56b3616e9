"""What an object is made by is told from the assignments of one scope, and never guessed."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from djup.source.made import is_made_by
from djup.source.python import Module
from djup.source.tree import field

MAKER = ("mail.Message",)


def made(source: str) -> list[bool]:
    """For each ``x.send`` of a module: whether x is known to be made by Message."""
    module = Module(source.encode(), PurePosixPath("app/code.py"))
    return [is_made_by(module, field(node, "object"), MAKER) for node in module.attributes("send")]


@pytest.mark.parametrize(
    "source",
    [
        "from mail import Message\nMessage().send()\n",
        "import mail\ndef f():\n    one = mail.Message()\n    one.send()\n",
        "from mail import Message as M\none = M()\none = M(1)\none.send()\n",
        "from mail import Message\nclass A:\n    def __init__(self):\n        self.one = Message()\n    def f(self):\n        self.one.send()\n",
    ],
    ids=["a call", "a name", "an alias given twice", "an attribute of self"],
)
def test_objects_made_in_sight_are_known(source: str) -> None:
    assert made(source) == [True]


@pytest.mark.parametrize(
    "source",
    [
        "from mail import Message\ndef f(one):\n    one.send()\n",
        "from mail import Message\none = Message()\none = other()\none.send()\n",
        "from mail import Message\none = Message()\ndef f():\n    one = other()\n    one.send()\n",
        "from post import Message\none = Message()\none.send()\n",
        "from mail import Message\nclass A:\n    def f(self):\n        self.one = Message()\nclass B:\n    def f(self):\n        self.one.send()\n",
        "from mail import Message\nclass A:\n    def f(self):\n        self.one = Message()\n        self.one = None\n        self.one.send()\n",
    ],
    ids=["a parameter", "given twice", "another scope", "another module", "another class", "given nothing"],
)
def test_other_objects_are_not(source: str) -> None:
    assert made(source) == [False]
