"""Rewriting: text in, text out; one rule one change."""
