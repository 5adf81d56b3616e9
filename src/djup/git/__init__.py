"""Git as djup uses it: one client for every call, that obeys nobody's configuration but the user's name."""

from djup.git.client import Git, GitError

__all__ = ["Git", "GitError"]
