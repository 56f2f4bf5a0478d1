"""What can go wrong, one class per decision.

    MacrohardError           shown to the user as one sentence, never as a traceback
    ├── UserError            the user can mend it (exit status 2)
    │   ├── SandboxUnavailable   the walls cannot be enforced on this machine
    │   └── ModelUnavailable     no model, wrong key, unreachable endpoint, corrupted weights
    ├── BudgetSpent          a limit in tokens, minutes or money would be passed by the next call
    └── RunCancelled         the user cancelled the run

Anything else is our own fault and ends in a traceback with exit status 1.
"""

from __future__ import annotations


class MacrohardError(Exception):
    """A problem told in one sentence that says what to do; `exit_status` is what the command ends with."""

    exit_status = 2
    spent: tuple[int, int] | None = None
    """Prompt and completion tokens that were paid for an answer that did not come; None where nobody counted them."""


class UserError(MacrohardError):
    """Raised anywhere for input, settings or a machine that the user can mend."""


class SandboxUnavailable(UserError):
    """Raised by `sandbox` when a wall is missing; nothing a model wrote is run then."""


class ModelUnavailable(UserError):
    """Raised by `models` when a mind cannot answer, after the retries that make sense."""


class BudgetSpent(MacrohardError):
    """Raised by `models` before a call that would pass a limit; the run is kept and can go on with more."""

    exit_status = 4


class RunCancelled(MacrohardError):
    """Raised between two steps of a run that `macrohard cancel` has ended."""

    exit_status = 130
