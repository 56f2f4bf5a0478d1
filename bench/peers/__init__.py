"""Other systems on the same tasks, the same machine and the same model."""
