"""The conformance kit: hostile programs that every sandbox must contain, judged from outside.

results = run_conformance(open_sandbox())
assert all(result.contained for result in results)
"""

from macrohard.sandbox.conformance.hostile import Hostile
from macrohard.sandbox.conformance.kit import HOSTILE, SHORT, Result, run_conformance

__all__ = ["HOSTILE", "SHORT", "Hostile", "Result", "run_conformance"]
