"""TELL: what a run did, as text, Markdown and JSON."""
