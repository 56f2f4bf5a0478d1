"""The software company: from a request to a delivered program and its evidence."""
