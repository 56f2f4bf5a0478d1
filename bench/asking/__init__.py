"""How `macrohard ask` answers, on public questions with a key that was written by hand."""
