"""Which release of which product is supported until when."""
