"""Every change that Django documents has an entry: the list and djup's own data are reconciled."""

from __future__ import annotations

import pytest

from djup.knowledge.coverage import coverage_by_release, coverage_of, covering, documented_changes

PENDING: frozenset[str] = frozenset()
"""Releases whose rows are not all covered yet."""

RELEASES = tuple(dict.fromkeys(row.release for row in documented_changes()))


def test_the_list_holds_what_django_documents_from_1_5_to_2028():
    assert len(documented_changes()) == 694
    assert sum(row.timeline for row in documented_changes()) == 398
    assert len({row.key for row in documented_changes()}) == 694


@pytest.mark.parametrize("release", RELEASES)
def test_every_documented_change_of_a_release_has_an_entry(release):
    missing = [row.item for row in documented_changes() if row.release == release and not covering()[row.key]]
    if release in PENDING:
        assert missing, f"{release} is complete: take it off PENDING"
    else:
        assert not missing


def test_an_entry_lies_in_the_release_that_lists_it():
    strays = [
        (change.id, key)
        for key, changes in covering().items()
        for change in changes
        if change.removed != key.split()[0]
    ]
    assert not strays


def test_the_counts_of_the_releases_add_up():
    whole = coverage_of(documented_changes())
    parts = coverage_by_release().values()
    assert whole.entries == sum(part.entries for part in parts)
    assert whole.fixed == sum(part.fixed for part in parts)
    assert whole.fixed <= whole.detectable <= whole.known <= whole.entries
