"""The part of the results page about `macrohard ask`."""

from __future__ import annotations

from typing import Any

from bench.machine import load
from bench.plots import reliability_plot


def asking_part() -> str:
    """What `ask` answers, and when it is silent."""
    result = load("asking")
    if result is None:
        return ""
    alone, proved = result["alone_right"], result["proved"]
    return (
        f"## Answers\n\n`{result['command']}`, {result['date'][:10]}, {result['tasks']} questions of `{result['set']}` over the "
        f"passages of all of them, with a key of the sentences that answer, marked by hand; model {result['model_digest']}. Each "
        "question is asked of all passages, of those that do not answer it, and of these with one alone that does. The probability comes "
        "of a linear probe on the model's hidden state and of logistic regression over it and the words; every figure is by nested "
        "cross-validation: probe, fit and threshold have not seen the questions that they are used for, but the penalty of the probe is the "
        "one with the least loss over all. Where the state is taken, what is weighed with it, that passages count as independent and how the "
        "threshold is estimated were chosen on the same questions (`docs/log.md`), so that others may fare a little worse. Intervals by Wilson and, where several things belong to a question, by bootstrap over "
        "questions.\n\n"
        "![Reliability of the probability that a passage answers](images/asking.svg)\n\n"
        "| figure | value | 95 % interval |\n|---|---|---|\n"
        f"| a passage that answers is among the four that are read | {_share(result['found'])} |\n"
        f"| questions with an answer in the sources that are answered | {_share(result['answered'])} |\n"
        f"| … whose surest passage answers, with a sentence that the key names | {_share(result['answered_right'])} |\n"
        f"| questions without an answer on which it is silent | {_share(result['abstained'])} |\n"
        f"| the same questions with one passage alone that answers: answered rightly from it | {_share(alone)} |\n"
        f"| passages that are told, where all are there, and that answer | {_share(result['told_right'])} |\n"
        f"| sentences that are told and that the key names | {_share(result['sentences_named'])} |\n"
        f"| AUROC, of all passages that were read | {_measured(result['auroc'])} |\n"
        f"| ECE, of all passages that were read | {_measured(result['ece'])} |\n\n"
        "Where several passages answer, as they mostly do here, each makes it surer that the sources answer at all. Where one does, it "
        f"is silent more often.\n\nNo sentence of an answer is the model's: each is a quotation. Of {proved['sentences']} sentences that are "
        f"told of these questions {proved['quoted']} stand in their source byte for byte, where the answer says. `check` calls "
        f"{_told(proved['verdicts'])}; it has no view of fragments and matters of taste. Whether a quotation answers the question is another "
        "matter, and what the figures are about. [Fifty of the answers](readings.md#fifty-answers-of-ask) were read by hand."
    )


def _told(verdicts: dict[str, int]) -> str:
    return ", ".join(f"{count} {verdict}" for verdict, count in verdicts.items())


def embeddings_part() -> str:
    """What sentence embeddings would add to the search."""
    result = load("embeddings")
    if result is None:
        return ""
    sets = result["sets"]
    told = {"questions": "questions of RAGTruth", "sentences": "supported sentences of summaries"}
    rows = [
        f"| {told[name]} ({found['passages']} passages) | {way} | "
        + " | ".join(_among(found[way][f"among_{most}"]) for most in (1, 4, 24))
        + " |"
        for name, found in sets.items()
        for way in ("words", "embeddings", "both")
    ]
    seconds = [found["encoding_seconds_a_1000"] for found in sets.values()]
    return (
        f"## Words or embeddings\n\n`{result['command']}`, {result['date'][:10]}, {result['cores']} cores of {result['processor']}, seed "
        f"{result['seed']}: how often a passage of what is sought is the first that is found, among the four that a model reads, and among "
        f"the 24 that `check` holds against a sentence. Embeddings: {result['embeddings']}; both: by reciprocal ranks. Encoding 1,000 "
        f"passages took {min(seconds):.0f} to {max(seconds):.0f} seconds{_indexed()}. Words find nearly as much, so that there are no "
        "embeddings in Macrohard. The questions were written for these passages, which makes words look better than they may be "
        "elsewhere.\n\n"
        "| sought | by | first | among 4 | among 24 |\n|---|---|---|---|---|\n" + "\n".join(rows)
    )


def _indexed() -> str:
    """How long an index of words takes for as many."""
    result = load("searching")
    return (
        f", an index of words over as many {1000 * result['index_seconds'] / result['passages']:.1f}" if result else ""
    )


def _among(measured: dict[str, Any]) -> str:
    low, high = measured["interval_95"]
    return f"{measured['count']} of {measured['n']} ({low:.1%} to {high:.1%})"


def asking_picture() -> str | None:
    """The plot as SVG; None when nothing was measured."""
    result = load("asking")
    return None if result is None else reliability_plot(result, "passages")


def asking_figure() -> str:
    """The line of the README; empty when nothing was measured."""
    result = load("asking")
    if result is None:
        return ""
    right, silent, alone = result["answered_right"], result["abstained"], result["alone_right"]
    return (
        f"- `ask`, by cross-validation on public questions: {right['count']} of {right['n']} that the sources answer got a right "
        f"sentence from the passage that it is surest of, and on {silent['count']} of {silent['n']} that they do not answer it said so. Where one passage alone answers, it "
        f"is silent more often: {alone['count']} of {alone['n']} such were answered rightly."
    )


def _share(measured: dict[str, Any]) -> str:
    low, high = measured["interval_95"]
    return f"{measured['count']} of {measured['n']}, {measured['share']:.1%} | {low:.1%} to {high:.1%}"


def _measured(measured: dict[str, Any]) -> str:
    low, high = measured["interval_95"]
    return f"{measured['value']:.3f} | {low:.3f} to {high:.3f}"
