"""A repair: what is tried to make a red hop green, and why."""

from __future__ import annotations

from djup.model import Record


class Repair(Record):
    """What is tried next: a package to raise above the version it has (or to ``add``, or to ``hold``), and why.

    With ``change`` it is no package but an app, which needs the migration that this change of Django documents; with
    ``rewrite`` as well, that change is rewritten wherever it can be. ``hold`` puts a package that this hop moved back
    to the version it had. ``vain`` tells that no set holds together with it, or that the same failures were there
    after it: it is taken back, and on record so that it is not tried again.
    """

    package: str
    why: str
    version: str = ""
    add: bool = False
    hold: bool = False
    change: str = ""
    rewrite: bool = False
    vain: bool = False

    @property
    def may_be_taken_back(self) -> bool:
        """Whether it is an attempt whose effect can be told by itself: a rewriting, or a package that was raised."""
        return self.rewrite or not (self.add or self.hold or self.change)

    @property
    def what(self) -> str:
        """What is tried, in words."""
        if self.rewrite:
            return f"rewrite by {self.change}"
        if self.change:
            return f"write a migration of {self.package}"
        return f"add {self.package}" if self.add else f"{'keep' if self.hold else 'raise'} {self.package}"

    def __str__(self) -> str:
        return f"{self.what}: {self.why}"
