"""What calls cost, from the price list that comes with `genai-prices`; unknown is None, never zero."""

from __future__ import annotations

from macrohard.models.provider import DEFAULT_GROK

FREE = ("embedded", "scripted")
_PROVIDERS = {"grok": "x-ai", "openai": "openai", "anthropic": "anthropic"}


def price(name: str, prompt_tokens: int, completion_tokens: int) -> float | None:
    """The price of a call to the model `name` in US dollars; None when it is not known.

    The list is the one of the installed `genai-prices`: nothing is fetched. Discounts (cached prompts, batches) are
    left out, so a bill can be lower.
    """
    if name.split(":")[0] in FREE:
        return 0.0
    provider, _, model = name.partition("/")
    if provider not in _PROVIDERS:
        return None
    from genai_prices import Usage, calc_price  # loading it takes a third of a second

    try:
        usage = Usage(input_tokens=prompt_tokens, output_tokens=completion_tokens)
        found = calc_price(usage, model or DEFAULT_GROK, provider_id=_PROVIDERS[provider])
    except LookupError:
        return None
    return float(found.total_price)
