"""The last hop, which raises packages: one group at a time, and a group that is not green leaves nothing behind."""
