"""What data alone drives: names, keywords, methods, options, overrides, settings, commands, strings, pins."""
