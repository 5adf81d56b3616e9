"""The means of rewriting: needles, parse, fix, verify; text in, text out, one change after the other."""
