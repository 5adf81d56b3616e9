"""What a site is made with: its address, its title, and the day and time it is made."""

from __future__ import annotations

import datetime as dt

from djup.model import Record


class Settings(Record):
    """``url`` has no slash at its end; ``now`` is in UTC and settles every status on the site."""

    now: dt.datetime
    url: str = ""
    title: str = "Lifecycles"

    @property
    def day(self) -> dt.date:
        """The day all statuses are of."""
        return self.now.date()

    @property
    def generated_at(self) -> str:
        """The time of making, as the API writes it."""
        return self.now.replace(microsecond=0).isoformat()

    def address(self, path: str) -> str:
        """The full address of a path that begins with a slash."""
        return self.url + path
