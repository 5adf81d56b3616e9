"""Needles tell which files to parse."""

from __future__ import annotations

from djup.knowledge.changes import Change, Seen, all_changes, change
from djup.knowledge.needles import matcher, needles_of


def hits(body: bytes, *ids: str) -> set[str]:
    changes = [change(one) for one in ids]
    return {changes[place].id for place in matcher(changes).hits(body)}


def test_a_needle_is_a_whole_word_together_with_the_rest_of_its_dotted_name() -> None:
    assert hits(b"from django.utils.timezone import utc", "5.0/timezone-utc") == {"5.0/timezone-utc"}
    assert hits(b"from django.utils.timezone import utcnow", "5.0/timezone-utc") == set()
    assert hits(b"import pytz; pytz.utc", "5.0/timezone-utc") == set()


def test_every_change_that_can_be_found_has_a_needle() -> None:
    bare = [
        one.id
        for one in all_changes()
        if not (needles_of(one) or one.pin or one.why_not or one.seen.drift or one.seen.told)
    ]
    assert bare == []


LOOKED_FOR = Change(
    id="2.0/x",
    summary="x",
    kind="rename",
    removed="2.0",
    notes="https://x",
    advice="x",
    why_not="x",
    seen=Seen(words=("include app_name",)),
)


def test_words_of_a_needle_must_stand_together_in_a_file() -> None:
    known = matcher([LOOKED_FOR])
    assert known.hits(b"include(a, app_name=b)")
    assert not known.hits(b"include(a)")
    assert not known.hits(b"includes(a, app_name=b)")
