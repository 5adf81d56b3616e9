"""Writes a smoke run as a test module of Django's own kind, with its fixture, to keep in the project. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from pprint import pformat

from djup.verify.smoke.records import Facts, Observation, Smoke

HEAD = '''\
"""Smoke tests: what each address of the site answers, to nobody, to a user and to staff.

Made from the running site on Django {django}. The rows the addresses meet are in {fixture}.
"""

from __future__ import unicode_literals

import io
import json
import os

from django.contrib.auth import get_user_model
from django.core import mail, serializers
from django.db import transaction
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.test import TestCase

PEOPLE = {people}


def load(name):
    """Load the rows of a fixture as they were, whatever signals would make of them."""
    signals = (pre_save, post_save, m2m_changed)
    kept = [signal.receivers for signal in signals]
    for signal in signals:
        signal.receivers = []
        signal.sender_receivers_cache.clear()
    try:
        with io.open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), encoding="utf-8") as rows:
            for row in serializers.deserialize("json", rows.read()):
                row.save()
    finally:
        for signal, receivers in zip(signals, kept):
            signal.receivers = receivers
            signal.sender_receivers_cache.clear()


class SmokeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load("{fixture}")

    def ask(self, who, method, path, data=None, status=200, redirect=None, context=(), keys=(), mails=()):
        """Make a request and check how it is answered; what it wrote is taken back."""
        savepoint = transaction.savepoint()
        try:
            self.check(who, method, path, data, status, redirect, context, keys, mails)
        finally:
            transaction.savepoint_rollback(savepoint)

    def check(self, who, method, path, data, status, redirect, context, keys, mails):
        self.client.logout()
        if PEOPLE[who] is not None:
            self.client.force_login(get_user_model()._base_manager.get(pk=PEOPLE[who]))
        sent = len(mail.outbox)
        response = getattr(self.client, method.lower())(path, data)
        self.assertEqual(response.status_code, status, (who, method, path))
        if redirect is not None:
            self.assertEqual(response["Location"].replace("http://testserver", ""), redirect)
        for name in context:
            self.assertIn(name, response.context, (who, method, path))
        if keys:
            self.assertEqual(sorted(json.loads(response.content.decode("utf-8"))), list(keys))
        self.assertEqual([message.subject for message in mail.outbox[sent:]], list(mails))
'''


def fixture_name(test_file: PurePosixPath) -> str:
    """The name of the fixture beside a test module."""
    return f"{test_file.stem}.json"


def test_module(smoke: Smoke, fixture: str, people: dict[str, object]) -> str:
    """The text of a test module that makes the requests of a smoke run and expects their answers.

    ``people`` maps who asks to the primary key of a row in the fixture. Requests that failed, sent files or JSON, or
    gave what two runs did not agree on, are left out; so are the pages of Django's own admin but for their status.
    """
    setup = (observation.facts for observation in smoke.observations if observation.subject == "setup")
    django = next((facts.get("django", "") for facts in setup), "")
    facts = {observation.subject: observation for observation in smoke.observations if observation.kind == "request"}
    unstable = {entry.partition("|")[0] for entry in smoke.unstable}
    groups: dict[str, list[str]] = {}
    for step in smoke.plan:
        seen = facts.get(step["id"])
        if seen is not None and step["id"] not in unstable and _is_plain(step, seen) and step["as"] in people:
            groups.setdefault(step["path"].partition("?")[0], []).append(_call(step, seen.facts))
    head = HEAD.format(django=django, fixture=fixture, people=pformat(people))
    return head + "".join(_methods(groups))


test_module.__test__ = False  # type: ignore[attr-defined]  # pytest would take the function for a test


def _is_plain(step: Facts, seen: Observation) -> bool:
    sends = step.get("files") or step.get("json") is not None or step.get("accept")
    return not sends and "raised" not in seen.facts and step["method"] in ("GET", "POST")


def _call(step: Facts, facts: Facts) -> str:
    words = [repr(step["as"]), repr(step["method"]), repr(step["path"])]
    if step.get("data"):
        words.append(pformat(dict(step["data"]), width=100, compact=True))
    options: dict[str, object] = {"status": facts["status"]} if facts["status"] != 200 else {}  # noqa: PLR2004  # HTTP
    if "location" in facts and "<" not in facts["location"]:
        options["redirect"] = facts["location"]
    if facts.get("owner") == "own" and facts.get("context"):
        options["context"] = list(facts["context"])
    if isinstance(facts.get("json"), dict):
        options["keys"] = sorted(facts["json"])
    if facts.get("mails"):
        options["mails"] = [mail["subject"] for mail in facts["mails"]]
    words += [f"{name}={value!r}" for name, value in options.items()]
    one_line = f"self.ask({', '.join(words)})"
    return one_line if len(one_line) <= 104 and "\n" not in one_line else "self.ask(\n" + _indented(words) + ")"  # noqa: PLR2004  # columns of the line


def _indented(words: Sequence[str]) -> str:
    return "".join(f"    {line}\n" for word in words for line in (word + ",").splitlines())


def _methods(groups: dict[str, list[str]]) -> Iterator[str]:
    used: set[str] = set()
    for path, calls in groups.items():
        name = re.sub(r"\W+", "_", path).strip("_").lower() or "start_page"
        while name in used:
            name += "_"
        used.add(name)
        body = "\n".join(f"        {line}" for call in calls for line in call.splitlines())
        yield f"\n    def test_{name}(self):\n{body}\n"
