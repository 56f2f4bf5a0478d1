"""The tester: acceptance checks from what people gave, and further cases from the brief alone, without sight of code."""
