"""`macrohard audit`: does what is said of a delivered project still hold?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from macrohard.cli.options import JSON

if TYPE_CHECKING:
    from pathlib import Path

    from macrohard.sandbox import Sandbox
    from macrohard.truth import AuditReport, ClaimAudit

__all__ = ["audit"]


@click.command()
@click.argument("project", default=".", metavar="[PROJECT]")
@JSON
def audit(project: str, as_json: bool) -> int:
    """Do every check of a delivered project again, in a fresh sandbox.

    PROJECT is the folder that was delivered, by default this one. Exit status 0 when everything that is called
    verified holds, 3 when something does not.
    """
    from macrohard.cli.folders import folder
    from macrohard.cli.output import print_json
    from macrohard.sandbox import open_sandbox

    report = _audited(folder(project, "The project"), open_sandbox())
    if as_json:
        print_json(report)
    else:
        from macrohard.cli.lists import show_audit

        show_audit(report)
    return report.exit_status


def _audited(root: Path, sandbox: Sandbox) -> AuditReport:
    from macrohard import truth
    from macrohard.cli.screen import watch
    from macrohard.company.progress import Event

    with watch() as screen:

        def listen(found: ClaimAudit, done: int, total: int) -> None:
            screen(Event("users", f"{found.id} {found.finding.value}", done, total))

        return truth.audit(root, sandbox, listen)
