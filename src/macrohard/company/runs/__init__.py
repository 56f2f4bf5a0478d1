"""Runs: work that survives a kill. What a run has done is kept step by step, and never done or paid for twice."""

from macrohard.company.runs.catalogue import RunDetails, RunSummary, find_run, list_runs, show_run, unfinished_run
from macrohard.company.runs.lifecycle import cancel_run, resume_run, start_run
from macrohard.company.runs.records import Happened, State

__all__ = [
    "Happened",
    "RunDetails",
    "RunSummary",
    "State",
    "cancel_run",
    "find_run",
    "list_runs",
    "resume_run",
    "show_run",
    "start_run",
    "unfinished_run",
]
