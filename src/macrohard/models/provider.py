"""The providers of remote minds, and how each is reached: the only module that makes clients and reads keys."""

from __future__ import annotations

import base64
import contextlib
import functools
import os
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from macrohard.errors import ModelUnavailable, UserError

if TYPE_CHECKING:  # loading it takes more than a second
    from pydantic_ai.models import Model as RemoteApi

DEFAULT_GROK = "grok-4.7"
"""What plain `grok` means, unless `$MACROHARD_GROK` names another one."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One provider."""

    provider: str
    pattern: str
    """How its models are named by the user."""
    description: str
    key: str
    """The environment variable that holds the key."""
    base: str
    """The environment variable that may hold another address of the interface."""
    address: str | None
    """The address otherwise; None: the client library knows it."""
    dialect: Literal["openai", "anthropic"]


KINDS: Mapping[str, Kind] = {
    kind.provider: kind
    for kind in (
        Kind("grok", "grok[/MODEL]", "Grok by xAI", "XAI_API_KEY", "XAI_BASE_URL", "https://api.x.ai/v1", "openai"),
        Kind("openai", "openai/MODEL", "models by OpenAI", "OPENAI_API_KEY", "OPENAI_BASE_URL", None, "openai"),
        Kind(
            "anthropic", "anthropic/MODEL", "models by Anthropic", "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", None,
            "anthropic",
        ),
    )
}  # fmt: skip
ENDPOINT = Kind(
    "endpoint", "http://HOST:PORT/v1#MODEL", "any server that speaks the chat completions interface of OpenAI",
    "MACROHARD_API_KEY", "", None, "openai",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """One model at one provider."""

    kind: Kind
    model: str
    address: str | None
    """Without a name and a password, so that it can be told."""
    login: str | None = field(default=None, repr=False)
    """`NAME:PASSWORD` for a gateway before the provider, as the address had it."""

    @property
    def headers(self) -> Mapping[str, str]:
        """What carries the login. In the address it would be in the logs of the client library."""
        if not self.login:
            return {}
        return {"Authorization": f"Basic {base64.b64encode(unquote(self.login).encode()).decode()}"}

    @property
    def secrets(self) -> Sequence[str]:
        """What no message may tell."""
        password = (self.login or "").partition(":")[2]
        return [secret for secret in (self.secret, self.login, password, unquote(password)) if secret]

    @property
    def secret(self) -> str | None:
        """The key, read from the environment at each use and kept nowhere. Raises UserError for one that cannot be sent."""
        return _key(self.kind)


def key_is_set(kind: Kind) -> bool:
    """Whether the user has set a key for the provider."""
    return bool(os.environ.get(kind.key, "").strip())


def _key(kind: Kind) -> str | None:
    """The key in the environment. Raises UserError for one that cannot be sent, as when dots were copied for what was not shown."""
    key = os.environ.get(kind.key, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise UserError(
            f"{kind.key} holds a character that is in no key, such as '…' or a line break: copy the key anew"
        )
    return key or None


def target_of(provider: str, model: str) -> Target:
    """The target of `grok`, `grok/MODEL`, `openai/MODEL` or `anthropic/MODEL`.

    Raises ModelUnavailable without a key, UserError for a key or an address in the environment that cannot be one.
    """
    kind = KINDS[provider]
    if _key(kind) is None:
        raise ModelUnavailable(f"There is no key for {kind.description}: set the environment variable {kind.key}")
    chosen = model or os.environ.get("MACROHARD_GROK") or DEFAULT_GROK
    address, login = _split(os.environ.get(kind.base, "").strip(), kind)
    return Target(kind, chosen, address or kind.address, login)


def target_at(name: str) -> Target:
    """The target of `http://HOST:PORT/v1#MODEL`. Raises UserError for an address or a key that cannot be one."""
    address, _, model = name.partition("#")
    parts = _parts(address)
    if parts is None:
        raise UserError("The address of a model must look like http://127.0.0.1:8080/v1#model-name")
    if parts.username or parts.password:
        raise UserError(f"Put the key in the environment variable {ENDPOINT.key}, not in the address of the model")
    _key(ENDPOINT)
    return Target(ENDPOINT, model or "default", address)


def _split(address: str, kind: Kind) -> tuple[str, str | None]:
    """The address without the login in it, and the login. Raises UserError, which tells nothing of the address: it may be secret."""
    if not address:
        return "", None
    parts = _parts(address)
    if parts is None or parts.fragment:
        raise UserError(f"The address in {kind.base} must look like https://HOST/v1, without anything behind it")
    login, _, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=host)), login or None


def _parts(address: str) -> SplitResult | None:
    """The parts of an address at which a model can be; None where it cannot be one."""
    try:
        parts = urlsplit(address)
        sound = bool(parts.hostname) and (parts.port is None or parts.port > 0) and not parts.query
    except ValueError:
        return None
    return parts if sound and parts.scheme in {"http", "https"} else None


@functools.cache
def _certificates() -> ssl.SSLContext:
    """What the client libraries hold servers against. They would load it for each client, in 30 ms, and each request has its own."""
    from httpx2 import create_ssl_context  # below both client libraries

    return create_ssl_context()


@contextlib.asynccontextmanager
async def reached(target: Target) -> AsyncIterator[RemoteApi]:
    """The model behind a client of its own, which is closed afterwards. The client itself never retries."""
    if target.kind.dialect == "anthropic":
        from anthropic import AsyncAnthropic
        from anthropic import DefaultAsyncHttpxClient as AnthropicLine
        from pydantic_ai.models.anthropic import AnthropicModel
        from pydantic_ai.providers.anthropic import AnthropicProvider

        async with AsyncAnthropic(
            api_key=target.secret,
            base_url=target.address,
            default_headers=target.headers,
            max_retries=0,
            http_client=AnthropicLine(verify=_certificates()),
        ) as anthropic:
            yield AnthropicModel(target.model, provider=AnthropicProvider(anthropic_client=anthropic))
        return
    from openai import AsyncOpenAI
    from openai import DefaultAsyncHttpxClient as OpenAILine
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

    async with AsyncOpenAI(
        api_key=target.secret or "none",
        base_url=target.address,
        default_headers=target.headers,
        max_retries=0,
        http_client=OpenAILine(verify=_certificates()),
    ) as client:
        if target.kind.provider == "openai":
            yield OpenAIChatModel(target.model, provider=OpenAIProvider(openai_client=client))
        else:
            provider = OpenAICompatibleProvider(target.kind.provider, openai_client=client)
            yield OpenAIChatModel(target.model, provider=provider)
