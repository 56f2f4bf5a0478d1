"""Stub files: Python files whose functions have a signature and a docstring, and no body yet."""

from macrohard.company.stubfile.filling import fill
from macrohard.company.stubfile.given import with_examples
from macrohard.company.stubfile.reading import NothingToFillIn, StubFile, read_stub_file

__all__ = ["NothingToFillIn", "StubFile", "fill", "read_stub_file", "with_examples"]
