"""A clock that stands still until it is moved, and random numbers that repeat; put in place before Django is imported."""

import datetime
import random
import sqlite3
import time
import uuid

START = 1707128430  # 2024-02-05 10:20:30 UTC
DAY = 86400

_real_date = datetime.date
_real_datetime = datetime.datetime
_real_time = time.time
_real_localtime = time.localtime
_real_gmtime = time.gmtime
_real_strftime = time.strftime
_began = _real_time()
_moved = [0]
_random = random.Random(0)


class _DateKind(type):
    """Lets what real classes made count as instances of the classes that stand in for them."""

    def __instancecheck__(cls, value):
        return isinstance(value, cls.stands_for) if cls in _stand_ins else type.__instancecheck__(cls, value)

    def __subclasscheck__(cls, other):
        return issubclass(other, cls.stands_for) if cls in _stand_ins else type.__subclasscheck__(cls, other)


def instant():
    """The instant the clock stands at, in seconds."""
    return START + _moved[0]


def move(seconds):
    """Move the clock to so many seconds after its start."""
    _moved[0] = seconds


def seed(text):
    """Begin the same random numbers anew for a piece of work."""
    random.seed(text)
    _random.seed(text)


def _now(cls, tz=None):
    return cls.fromtimestamp(instant(), tz)


def _utcnow(cls):
    return cls(*_real_gmtime(instant())[:6])


def _today(cls):
    return cls.fromtimestamp(instant())


def _uuid4():
    return uuid.UUID(int=_random.getrandbits(128), version=4)


_members = {"today": classmethod(_today), "__module__": "datetime"}
_date = _DateKind("date", (_real_date,), dict(_members, stands_for=_real_date))
_datetime = _DateKind(
    "datetime",
    (_real_datetime,),
    dict(_members, now=classmethod(_now), utcnow=classmethod(_utcnow), stands_for=_real_datetime),
)
_stand_ins = (_date, _datetime)


def install():
    """Stop the clock. What was imported before keeps the real one."""
    datetime.date = _date
    datetime.datetime = _datetime
    sqlite3.register_adapter(_date, lambda value: value.isoformat())
    sqlite3.register_adapter(_datetime, lambda value: value.isoformat(" "))
    # Seconds go on, so that what waits for a time to pass does not wait for ever.
    time.time = lambda: instant() + (_real_time() - _began)
    time.localtime = lambda seconds=None: _real_localtime(instant() if seconds is None else seconds)
    time.gmtime = lambda seconds=None: _real_gmtime(instant() if seconds is None else seconds)
    time.strftime = lambda form, moment=None: _real_strftime(form, moment or time.localtime())
    _uuid4.__module__, _uuid4.__name__ = "uuid", "uuid4"
    if hasattr(_uuid4, "__qualname__"):
        _uuid4.__qualname__ = "uuid4"
    uuid.uuid4 = _uuid4
    seed("djup")


def real_time():
    """The seconds that really pass."""
    return _real_time()
