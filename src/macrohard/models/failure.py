"""What went wrong at a provider, in words without secrets, and whether trying again makes sense."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial

from pydantic_ai import exceptions

from macrohard.models.provider import Target

_AGAIN = frozenset({408, 409, 425, 429})
_UNSENT = frozenset({"ConnectError", "ConnectTimeout", "LocalProtocolError", "UnsupportedProtocol"})
"""What the client library raises, as a cause of other things, where no request has left."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One failed attempt."""

    sentence: str
    lasting: bool = False
    """True: trying again would not help."""
    rejected: bool = False
    """True: the request was understood and refused as it stands (400, 404, 415, 422)."""
    retry_after: float | None = None
    """Seconds that the provider asks to wait."""
    charged: bool = True
    """False: the provider was not reached or refused before it drew anything, for which none asks money."""


def understood(problem: Exception, target: Target) -> Failure:
    """The failure behind an exception of the client library; a fault of our own is raised again."""
    if isinstance(problem, exceptions.ModelHTTPError):
        return _refusal(problem, target)
    if isinstance(problem, (exceptions.ModelTimeoutError, exceptions.ModelRequestTimeout, asyncio.TimeoutError)):
        return Failure("it did not answer in time; try again later", charged=_was_sent(problem))
    if isinstance(problem, exceptions.ModelAPIError):
        told = f"{_where(target)} cannot be reached or broke off; check the address and the network, then try again"
        return Failure(told, charged=_was_sent(problem))
    if isinstance(problem, exceptions.ContentFilterError):
        return Failure("it refused to answer this question", lasting=True)
    if isinstance(problem, (exceptions.UnexpectedModelBehavior, ValueError)):
        words = _clean(str(problem), target)
        return Failure(f"its reply cannot be used ({words}); try again or choose another model")
    if type(problem).__module__.partition(".")[0] in {"openai", "anthropic", "httpx2", "httpx", "httpcore2"}:
        told = f"the line to {_where(target)} broke; check the network and try again"
        return Failure(told, charged=_was_sent(problem))
    raise problem


def _was_sent(problem: BaseException | None) -> bool:
    """Whether a request may have reached the provider before this went wrong."""
    while problem is not None:
        if type(problem).__name__ in _UNSENT:
            return False
        problem = problem.__cause__ or problem.__context__
    return True


def _refusal(problem: exceptions.ModelHTTPError, target: Target) -> Failure:
    status, words = problem.status_code, _clean(_told(problem.body), target)
    refused = partial(Failure, lasting=True, charged=False)
    if status in {401, 403}:
        also = f", and the name and password in {target.kind.base}" if target.login else ""
        return refused(f"the key was refused; check the environment variable {target.kind.key}{also}")
    if status == 402 or isinstance(problem, exceptions.ModelQuotaExceededError):
        return refused(f"the account behind {target.kind.key} has no credit left")
    if status == 404:
        return refused(f"{_where(target)} has no model {target.model!r}; choose another one", rejected=True)
    if status in _AGAIN or status >= 500:
        told = f"it is overloaded or failing (status {status}); try again later"
        return Failure(told, retry_after=problem.retry_after, charged=False)
    return refused(f"the request was refused (status {status}: {words})", rejected=True)


def _told(body: object) -> str:
    inner = body.get("error", body) if isinstance(body, dict) else body
    found = inner.get("message", inner) if isinstance(inner, dict) else inner
    return str(found)


def _clean(words: str, target: Target) -> str:
    """The words on one line, short, without the key and what else is secret."""
    for secret in target.secrets:
        words = words.replace(secret, "…")
    return " ".join(words.split())[:200]


def _where(target: Target) -> str:
    return target.address or target.kind.description
