"""What the departments say to the model, word for word."""
