"""Finding interpreters and building environments, each keyed by what it holds."""
