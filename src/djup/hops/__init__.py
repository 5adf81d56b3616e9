"""RUN: the hop, its steps, the ledger and the worktree."""
