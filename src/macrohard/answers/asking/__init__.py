"""Asking: which sentences of the sources answer a question."""
