"""KNOW: what djup knows of Django and where it applies."""
