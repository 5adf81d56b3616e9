"""READ: what a checkout is, told without importing any of it."""
