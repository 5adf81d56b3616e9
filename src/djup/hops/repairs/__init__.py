"""Repairs of a red hop: what one is, which are found, those on record, and the migrations some write."""
