"""Smoke tests made from the running project: what every part of a site does, recorded and compared."""
