"""What a request says: its sentences, the clauses that a check can show, the errors and exit statuses that it demands."""
