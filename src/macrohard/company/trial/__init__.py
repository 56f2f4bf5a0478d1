"""Trials: many programs on many command lines in one sandbox, to compare candidates. No evidence is made here."""

from macrohard.company.trial.chance import CHANCE, run_steadily
from macrohard.company.trial.runner import SKIPPED, STEP_SECONDS, Job, Seen, run_jobs

__all__ = ["CHANCE", "SKIPPED", "STEP_SECONDS", "Job", "Seen", "run_jobs", "run_steadily"]
