"""Checks, sweeps and tests of a project in its own Python, and what their results mean."""
