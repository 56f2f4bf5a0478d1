"""HumanEval+, MBPP+ and MBPP through the same code paths as `macrohard implement`."""
