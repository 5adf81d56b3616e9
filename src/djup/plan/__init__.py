"""PLAN: pure functions from records to a path."""
