"""Shows an answer to a person."""

from __future__ import annotations

from rich.padding import Padding
from rich.text import Text

from macrohard.answers import AnswerReport, AnswerSentence, Standing
from macrohard.cli import terminal
from macrohard.cli.findings import show_unread
from macrohard.cli.plain import plain

__all__ = ["show_answer"]

_HEADS = {
    Standing.SUPPORTED: ("✓ The sources say:", "green"),
    Standing.DISPUTED: ("⇄ The sources disagree:", "magenta"),
    Standing.NOT_IN_SOURCES: ("∅ The sources do not say.", "cyan"),
}


def show_answer(report: AnswerReport) -> None:
    """Print the sentences that answer, each with where it stands, and what was not found."""
    console = terminal.console()
    head, style = _HEADS[report.verdict]
    console.print(Text(head, style=style))
    for sentence in report.sentences:
        console.print(Padding(_shown(sentence), (0, 0, 0, 2), expand=False))
    if report.asked != " ".join(report.question.split()):
        console.print(Text(f"Asked: {plain(report.asked)}", style="dim"))
    if report.unsaid:
        words = ", ".join(f"“{plain(word)}”" for word in report.unsaid)
        console.print(Text(f"In no source: {words}.", style="yellow"))
    show_unread(console, report.unread)
    read = f"{report.passages} passages of {len(report.sources)} sources were read by {plain(report.model)}"
    calibrated = "" if _is_calibrated(report) else "; it is not calibrated for this, so no probability is told"
    console.print(Text(f"{read}{calibrated}.", style="dim"))


def _shown(sentence: AnswerSentence) -> Text:
    shown = Text(plain(sentence.text))
    if sentence.verdict is Standing.DISPUTED:
        shown.append("  ⇄ disputed", style="magenta")
    sure = "" if sentence.probability is None else f"; answers with {sentence.probability:.0%}"
    for number, item in enumerate(sentence.evidence):
        other = f": “{' '.join(item.quotation.split())}”" if number else sure
        shown.append(f"\n  {plain(item.where)}, {item.dated[:10]}{plain(other)}", style="dim")
    return shown


def _is_calibrated(report: AnswerReport) -> bool:
    return all(sentence.probability is not None for sentence in report.sentences)
