"""ID tokens: only what the provider says of now, to us, in answer to this very question."""

from collections.abc import Callable
from typing import Any  # Any: claims of a token

import msgspec
import pytest

from gateway.flows.id_token import Expected, ProviderRefused, verified_address
from tests.simulators.clock import SimulatedClock
from tests.simulators.provider import CLIENT_ID, ISSUER, SimulatedProvider
from tests.simulators.web import SimulatedWeb

LEARNER = "learner@example.org"
NONCE = "the nonce"


def without(name: str) -> Callable[[dict[str, Any]], None]:
    return lambda said: said.pop(name)


def with_(**members: Any) -> Callable[[dict[str, Any]], None]:
    return lambda said: said.update(members)


@pytest.fixture
def web() -> SimulatedWeb:
    return SimulatedWeb()


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock()


@pytest.fixture
def provider(web: SimulatedWeb, clock: SimulatedClock) -> SimulatedProvider:
    return SimulatedProvider(web, clock)


async def address(provider: SimulatedProvider, web: SimulatedWeb, clock: SimulatedClock) -> str:
    """What the provider's next token vouches for."""
    keys = msgspec.json.decode((await web(f"{ISSUER}/keys")).body)["keys"]
    expected = Expected(issuer=ISSUER, client_id=CLIENT_ID, nonce=NONCE, at=clock())
    return verified_address(provider.token(NONCE), keys, expected)


LIES: dict[str, Callable[[dict[str, Any]], None]] = {
    "another issuer": with_(iss="https://evil.example"),
    "the issuer with a slash": with_(iss=f"{ISSUER}/"),
    "no issuer": without("iss"),
    "another audience": with_(aud="another"),
    "no audience": without("aud"),
    "several audiences and no azp": with_(aud=[CLIENT_ID, "another"]),
    "several audiences and another azp": with_(aud=[CLIENT_ID, "another"], azp="another"),
    "one audience and another azp": with_(azp="another"),
    "another nonce": with_(nonce="another"),
    "no nonce": without("nonce"),
    "a nonce that is no text": with_(nonce=["a"]),
    "expired": with_(exp=1),
    "no end": without("exp"),
    "an end in words": with_(exp="2099-01-01"),
    "an end that is true": with_(exp=True),
    "made long ago": with_(iat=1),
    "made in the future": with_(iat=4_000_000_000),
    "not valid yet": with_(nbf=4_000_000_000),
    "an address that is not verified": with_(email_verified=False),
    "an address that is verified in words": with_(email_verified="true"),
    "an address that is verified by a number": with_(email_verified=1),
    "nothing about the address": without("email_verified"),
    "no address": without("email"),
    "several addresses": with_(email=[LEARNER]),
    "what is no address": with_(email="learner"),
    "an address with a header": with_(email=f"{LEARNER}\r\nBcc: x@example.org"),
}


TRUE: dict[str, Callable[[dict[str, Any]], None]] = {
    "as it is": lambda _: None,
    "a list of one audience": with_(aud=[CLIENT_ID]),
    "several audiences and our azp": with_(aud=["another", CLIENT_ID], azp=CLIENT_ID),
    "further claims": with_(hd="example.org", email_verified=True, name="Somebody"),
}


@pytest.mark.parametrize("said", TRUE)
async def test_a_token_that_says_what_it_must_names_the_address(
    provider: SimulatedProvider, web: SimulatedWeb, clock: SimulatedClock, said: str
) -> None:
    provider.claims = TRUE[said]

    assert await address(provider, web, clock) == LEARNER


@pytest.mark.parametrize("lie", LIES)
async def test_a_token_that_says_otherwise_is_refused(
    provider: SimulatedProvider, web: SimulatedWeb, clock: SimulatedClock, lie: str
) -> None:
    provider.claims = LIES[lie]

    with pytest.raises(ProviderRefused):
        await address(provider, web, clock)


HEADERS: dict[str, Callable[[dict[str, Any]], None]] = {
    "alg none": with_(alg="none"),
    "alg HS256": with_(alg="HS256"),
    "alg of another key": with_(alg="RS256"),
    "another type": with_(typ="at+jwt"),
    "a key that is not there": with_(kid="three"),
    "a key that is no key": with_(kid="two"),
    "crit": with_(crit=["exp"]),
    "a key set of its own": with_(jku="https://evil.example/keys"),
}


@pytest.mark.parametrize("lie", HEADERS)
async def test_a_token_with_another_header_is_refused(
    provider: SimulatedProvider, web: SimulatedWeb, clock: SimulatedClock, lie: str
) -> None:
    provider.header = HEADERS[lie]

    with pytest.raises(ProviderRefused):
        await address(provider, web, clock)


@pytest.mark.parametrize("signature", [b"", b"\0" * 64, b"x" * 64], ids=["none", "zeros", "another"])
async def test_a_token_that_is_not_signed_is_refused(
    provider: SimulatedProvider, web: SimulatedWeb, clock: SimulatedClock, signature: bytes
) -> None:
    provider.sign = lambda _: signature

    with pytest.raises(ProviderRefused):
        await address(provider, web, clock)


async def test_a_token_without_a_key_s_name_is_checked_with_the_only_key_that_fits(
    provider: SimulatedProvider, web: SimulatedWeb, clock: SimulatedClock
) -> None:
    provider.header = without("kid")

    assert await address(provider, web, clock) == LEARNER
