"""The engineers: many independent candidates for each function that a stub describes, from short prompts."""
