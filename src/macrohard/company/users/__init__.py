"""The users: they operate the finished program as a person would, and say which clauses of the request nothing shows."""
