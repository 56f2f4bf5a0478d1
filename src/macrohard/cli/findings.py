"""Shows what came of a check to a person."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from macrohard.answers import CheckReport, KeptReport, Lasting, Part, RecheckReport, SourceUnread, Standing, Statement
from macrohard.answers.evidence import Execution, Timing
from macrohard.cli import terminal
from macrohard.cli.plain import plain

__all__ = ["show_check", "show_kept", "show_recheck", "show_unread", "told"]

_STYLES = {
    Standing.SUPPORTED: ("✓", "green"),
    Standing.PARTLY: ("~", "yellow"),
    Standing.CONTRADICTED: ("✗", "red"),
    Standing.DISPUTED: ("⇄", "magenta"),
    Standing.NOT_IN_SOURCES: ("∅", "cyan"),
    Standing.OPINION: ("☁", "dim"),
    Standing.NOT_CHECKED: ("?", "dim"),
}

_LASTING = {
    Lasting.SAME: ("=", "green"),
    Lasting.DRIFTED: ("→", "green"),
    Lasting.GONE: ("∅", "yellow"),
    Lasting.CHANGED: ("✗", "red"),
}


def show_check(report: CheckReport) -> None:
    """Print each statement that something could decide, and how many there are of which verdict."""
    console = terminal.console()
    table = _verdicts()
    for part in report.parts:
        mark, style = _STYLES[part.verdict]
        said = _said(part)
        said.append(f"\n{plain(part.reason)}{' ' if part.sure else ''}{part.sure}", style="dim")
        for line in [*_seen(part), *_read(part)]:
            said.append(f"\n{plain(line)}", style="dim italic")
        table.add_row(Text(f"{mark} {part.verdict.value}", style=style), said)
    _show(console, table, report.unread)
    console.print(Text(_summary(report), style=_style(report)))
    if report.risky:
        console.print(Text(report.risky, style="dim"))


def show_recheck(report: RecheckReport) -> None:
    """Print what became of each statement."""
    console = terminal.console()
    table = _verdicts()
    for claim in report.claims:
        said = Text(plain(" ".join(claim.text.split())))
        turned = f"{claim.was.value} → {claim.now.value}" if claim.was is not claim.now else claim.now.value
        said.append(f"\n{turned}", style=_STYLES[claim.now][1])
        if claim.reason:
            said.append(f"\n{plain(claim.reason)}", style="dim")
        sign, style = _LASTING[claim.finding]
        table.add_row(Text(f"{sign} {claim.finding.value}", style=style), said)
    _show(console, table, report.unread)
    counts = [(sum(claim.finding is kind for claim in report.claims), kind.value) for kind in Lasting]
    told = ", ".join(f"{count} {kind}" for count, kind in counts if count) or "nothing had been decided"
    console.print(Text(f"{told}; {len(report.changed)} sources have changed.", style=_style(report)))


def show_kept(report: KeptReport) -> None:
    """Print what became of each check of a ledger."""
    console = terminal.console()
    for check in report.checks:
        console.print(Text(f"{plain(check.subject)} (record {check.record})", style="bold"), soft_wrap=True)
        show_recheck(check.found)


def _verdicts() -> Table:
    """Two columns: a verdict, and what it is about."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    return table


def _show(console: Console, table: Table, unread: Sequence[SourceUnread]) -> None:
    """The verdicts, and what was not looked at."""
    if table.row_count:
        console.print(table)
    show_unread(console, unread)


def show_unread(console: Console, unread: Sequence[SourceUnread]) -> None:
    """Print what was not looked at."""
    for source in unread:
        console.print(Text(f"not looked at: {plain(source.address)}: {plain(source.reason)}", style="yellow"))


def _said(part: Part) -> Text:
    """The words, those that are not supported marked."""
    said, at = Text(), part.start
    for mark in sorted(part.unsupported, key=lambda mark: mark.start):
        if mark.start >= at:
            said.append(_line(part, at, mark.start))
            said.append(_line(part, mark.start, mark.end), style="bold underline")
            at = mark.end
    said.append(_line(part, at, part.end))
    return said


def _line(part: Part, start: int, end: int) -> str:
    return plain(part.words[start - part.start : end - part.start].replace("\n", " "))


def told(part: Part) -> str:
    """The words, fit for a terminal, on one line."""
    return plain(" ".join(part.words.split()))


def commands_of(part: Part) -> list[str]:
    """What to type to see the same, each command once."""
    return list(dict.fromkeys(item.command for item in part.evidence if isinstance(item, Execution | Timing)))


def _seen(part: Part) -> list[str]:
    """Where to look: commands, lines of files, what sources say, each side of a dispute with its date, and what was computed."""
    is_disputed = part.verdict is Standing.DISPUTED
    quoted = [
        f"{plain(item.path)}:{item.line}: {item.quotation.strip()}"
        for item in part.evidence
        if item.kind == "quotation"
    ]
    quoted += [
        f"{plain(item.address)}, {plain(item.place)}{f', {item.dated[:10]}' if is_disputed else ''}: "
        f"“{' '.join(item.quotation.split())}”"
        for item in part.evidence
        if item.kind == "excerpt"
    ]
    quoted += [item.formula for item in part.evidence if item.kind == "computation"]
    return [*(f"$ {command}" for command in commands_of(part)), *(line.partition("\n")[0][:200] for line in quoted)]


def _read(part: Part) -> list[str]:
    """What a model makes of it, and the sentences that it names."""
    found = part.reading
    if found is None:
        return []
    return [found.told, *(f"{item.where}: “{' '.join(item.quotation.split())[:200]}”" for item in found.evidence)]


def _summary(report: CheckReport) -> str:
    statements = [statement for statement in report.statements if statement.parts]
    others = len(report.statements) - len(statements)
    counts = [f"{_count(statements, verdict)} {verdict.value}" for verdict in Standing if _count(statements, verdict)]
    rest = f" {others} more say{'s' if others == 1 else ''} nothing that running or reading could decide."
    if not statements:
        return f"Nothing in this text can be decided by running or reading ({others} statement{'' if others == 1 else 's'})."
    return f"Of {len(statements)} statement{'s' if len(statements) > 1 else ''}: {', '.join(counts)}.{rest if others else ''}"


def _count(statements: list[Statement], verdict: Standing) -> int:
    return sum(statement.verdict is verdict for statement in statements)


def _style(report: CheckReport | RecheckReport) -> str:
    return {0: "green", 3: "red"}.get(report.exit_status, "yellow")
