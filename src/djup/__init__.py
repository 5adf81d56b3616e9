"""djup upgrades Django projects by itself, release by release."""

__version__ = "0.1.0"
