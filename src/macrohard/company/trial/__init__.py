"""Trials: many programs on many command lines in one sandbox, to compare candidates. No evidence is made here."""

from macrohard.company.trial.runner import Job, Seen, run_jobs

__all__ = ["Job", "Seen", "run_jobs"]
