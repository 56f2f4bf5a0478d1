"""The parts of the results page about `macrohard check`."""

from __future__ import annotations

from typing import Any

from bench.machine import load
from bench.page_parts import taken, wilson


def checking_part() -> str:
    """Whether true statements are told from false ones."""
    result = load("checking")
    if result is None:
        return ""
    return (
        f"## Checking statements about software\n\n`{result['command']}`, {taken(result)}: the verified claims of "
        f"{result['n']} delivered programs ({', '.join(sorted(result['programs']))}) as their READMEs say them, and each of them falsified by one change at its end. No "
        "model is asked. The claims and their README are written by Macrohard, so that this says how statements in its own words "
        "fare, and not how many of an agent's sentences are read.\n\n"
        "| | | |\n|---|---|---|\n"
        f"| claims that are read | {_share(result['read'], result['claims'])} |\n"
        f"| true ones called supported | {_share(result['true_supported'], result['read'])} |\n"
        f"| false ones that are read, called contradicted or partly supported | {_share(result['false_caught'], result['false'])} |"
        + _missed(result["programs"])
    )


def _share(count: int, n: int) -> str:
    low, high = wilson(count, n)
    return f"{count} of {n} | {low:.1%} to {high:.1%}"


def _missed(programs: dict[str, Any]) -> str:
    missed = [f"- {name}: {text}" for name, row in sorted(programs.items()) for text in row["missed"]]
    return "\n\nOf these wrong:\n\n" + "\n".join(missed) if missed else ""


def grounding_part() -> str:
    """What each verdict is worth on public sets."""
    result = load("grounding")
    if result is None:
        return ""
    sets = result["sets"]
    kinds = list(dict.fromkeys(kind for found in sets.values() for kind in found["verdicts"]))
    rows = [f"| all, whatever the verdict | {' | '.join(_rate(found['supported']) for found in sets.values())} |"]
    rows += [
        f"| {kind} | {' | '.join(_rate(found['verdicts'].get(kind)) for found in sets.values())} |" for kind in kinds
    ]
    return (
        f"## Checking texts against sources\n\n`{result['command']}`, {taken(result)}: of the sentences with each verdict, how "
        "many people called supported, on public labelled sets; 95 % intervals by Wilson. RAGTruth: each sentence that models wrote from "
        "passages, articles and data, unsupported where any word of it is marked; WiCE: claims of Wikipedia and the pages they cite, "
        "supported in full or not; FEVER-Symmetric: claims and one sentence; BEGIN: replies in a conversation, fully attributable or "
        "not. No model is asked. The rules and their thresholds were tried by hand on some of these sets.\n\n"
        f"| verdict | {' | '.join(sets)} |\n|---|{'---|' * len(sets)}\n" + "\n".join(rows) + "\n\n"
        "`supported` means the same everywhere, and is given sparingly: the rules know no paraphrase. What the other verdicts mean "
        "depends on where the text comes from.\n\n" + _sureness(result["fits"])
    )


def _sureness(fits: dict[str, Any]) -> str:
    """How sure the probabilities beside the verdicts are."""
    told = {
        "elsewhere": "written elsewhere",
        "from-sources": "written from their sources",
        "in-text": "the same, by trees",
    }
    ways = {"": "words alone", "-read": "read by the model"}
    rows = [
        f"| {told[kind]} | {name} | {row['scored']} of {row['n']} | {ways[way]} | "
        + " | ".join(_value(row[figure]) for figure in ("balanced_accuracy", "auroc", "ece"))
        + " |"
        for kind in told
        for name in fits[kind]["sets"]
        for way in ways
        if f"{kind}{way}" in fits
        for row in [fits[f"{kind}{way}"]["sets"][name]]
    ]
    return (
        "Beside each verdict stand two probabilities that people call the sentence supported, by logistic regression over how much of "
        "it stands in the source and what does not: one for texts that were written without these sources, one for texts that were "
        "written from them. All figures by cross-validation over sources: neither fit nor threshold has seen the sources that "
        "they are used for; sources with a text in common are one; a threshold is where a figure should be best if the probabilities hold, not where it was on the labels; intervals by bootstrap over sources. What is measured of a sentence was chosen on the same sets, so that "
        "others may fare a little worse. How sure it is of a whole text comes of a third probability, by randomised trees over the same numbers, "
        "which rank better and give no reason. 'Read by the model': what the tests leave open is read by the embedded model, and what a linear "
        "probe finds in its hidden state is weighed with the words; the rest by the words. Penalties are those with the least loss over all folds. Claims of several sentences, opinions and what is not checked have no probability.\n\n"
        "| texts | set | sentences | | balanced accuracy | AUROC | ECE |\n|---|---|---|---|---|---|---|\n"
        + "\n".join(rows)
        + "\n\n"
        + _wholes({ways[way]: fits[f"whole{way}"] for way in ways if f"whole{way}" in fits})
    )


def _wholes(ways: dict[str, dict[str, Any]]) -> str:
    """How well whole answers with something unsupported in them are found."""
    whole = next(iter(ways.values()))
    figures = "; ".join(
        f"{way}: F1 {_value(found['f1'])}, AUROC {_value(found['auroc'])}, ECE {_value(found['ece'])}"
        for way, found in ways.items()
    )
    return (
        f"Whole answers of ragtruth, {whole['unsupported']} of {whole['scored']} with something unsupported in them, and how these are "
        f"found: {figures}. For comparison, on the whole test half of that set and not on this one, F1: GPT-4 without examples 0.634, "
        "Luna 0.654, TinyLettuce with 17 million weights 0.685."
    )


def _value(measured: dict[str, Any]) -> str:
    low, high = measured["interval_95"]
    return f"{measured['value']:.3f} ({low:.3f} to {high:.3f})"


def _rate(measured: dict[str, Any] | None) -> str:
    if measured is None:
        return "none"
    low, high = measured["interval_95"]
    return f"{measured['count']} of {measured['n']}, {measured['share']:.1%} ({low:.1%} to {high:.1%})"


def grounding_figure() -> str:
    """The line of the README; empty when nothing was measured."""
    result = load("grounding")
    if result is None:
        return ""
    called = {name: found["verdicts"]["supported"] for name, found in result["sets"].items()}
    right = sum(row["count"] for row in called.values())
    each = ", ".join(
        f"{row['count']} of {row['n']} on {name} (of all its sentences {result['sets'][name]['supported']['share']:.0%})"
        for name, row in called.items()
    )
    shown = [fit for name, fit in result["fits"].items() if not name.startswith("in-text")]
    errors = [row["ece"]["value"] for fit in shown for row in fit.get("sets", {"": fit}).values()]
    true = sum(found["supported"]["count"] for found in result["sets"].values())
    return (
        f"- `check --sources` on {len(called)} public sets, on some of which its rules were tried by hand: of the sentences that it calls "
        f"supported people called so {each}; it gives that verdict to {right / true:.0%} of all that are. The probabilities beside its verdicts are off by {min(errors):.3f} to "
        f"{max(errors):.3f} on the mean (ECE); whole answers with something unsupported in them are found with an F1 of "
        f"{result['fits']['whole']['f1']['value']:.2f}{_read_whole(result['fits'])}." + _second_reader(result["fits"])
    )


def _read_whole(fits: dict[str, Any]) -> str:
    whole = fits.get("whole-read")
    return f" ({whole['f1']['value']:.2f} with `--model embedded`)" if whole else ""


def _second_reader(fits: dict[str, Any]) -> str:
    """What the embedded model adds; '' where it has read nothing."""
    told = [
        f"{row['balanced_accuracy']['value']:.3f} on {name} (by words alone {fits[kind]['sets'][name]['balanced_accuracy']['value']:.3f})"
        for kind in ("elsewhere", "from-sources")
        if f"{kind}-read" in fits
        for name, row in fits[f"{kind}-read"]["sets"].items()
    ]
    return f" With `--model embedded` they part the two with a balanced accuracy of {', '.join(told)}." if told else ""


def searching_part() -> str:
    """How long sources take."""
    result = load("searching")
    if result is None:
        return ""
    return (
        f"## Searching sources\n\n`{result['command']}`, {result['date'][:10]}, {result['cores']} cores of "
        f"{result['processor']}, seed {result['seed']}: sentences of public sets, drawn at random into {result['documents']:,} "
        "documents. Times were taken in one run, intervals by bootstrap over the claims.\n\n"
        "| | median | 95 % interval | 95th percentile |\n|---|---|---|---|\n"
        f"| making an index of {result['passages']:,} passages | {result['index_seconds']:.1f} s | | |\n"
        f"| opening it again, nothing changed | {result['unchanged_seconds']:.2f} s | | |\n"
        f"| searching in it for a claim (n = {result['search_ms']['n']}) | {_times(result['search_ms'])} |\n"
        f"| holding a claim against {result['pages']} pages, no model (n = {result['claim_ms']['n']}) | {_times(result['claim_ms'])} |"
        + _reading(result)
    )


def _reading(result: dict[str, Any]) -> str:
    """The same where the model reads what the tests leave open."""
    if "read_ms" not in result:
        return ""
    tokens = f"{result['read_tokens_median']:.0f} tokens in the median"
    return f"\n| the same, the claim read by the embedded model, {tokens} (n = {result['read_ms']['n']}) | {_times(result['read_ms'])} |"


def _times(measured: dict[str, Any]) -> str:
    low, high = measured["interval_95"]
    return f"{measured['median']:.1f} ms | {low:.1f} to {high:.1f} ms | {measured['p95']:.1f} ms"
