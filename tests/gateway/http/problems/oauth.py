"""Problems that the authorization server words as RFC 6749, RFC 7591 and RFC 6750 do."""

import msgspec

from gateway.flows.oauth.credentials_asked import CONFIGURATIONS
from gateway.records.holdings import Via
from gateway.records.offers import Configuration
from gateway.records.people import Person
from tests.gateway.http.problems.scene import Scenes
from tests.gateway.http.problems.stage import Answered, Stage
from tests.laundering.sources import Kind
from tests.simulators.application import BACK, METADATA, READ, Application, Browser, fields
from tests.simulators.offered import asking

SCENES = Scenes()
AUTHORIZE, PAR = "/oauth/authorize", "/oauth/par"


async def pushed(stage: Stage, **changed: str | None) -> Answered:
    """An authorization request that a client sends itself, with something else in it."""
    application = await Application.registered(stage.client)
    return await application.post(PAR, application.request(**changed))


async def asked(stage: Stage) -> tuple[Application, Browser]:
    """An application, and the browser of somebody whom it asks."""
    application = await Application.registered(stage.client)
    return application, await stage.browser(await stage.person("asked@example.org"))


async def wallet(stage: Stage) -> Application:
    """A wallet that registered for credentials alone."""
    empty = dict.fromkeys(("client_uri", "logo_uri", "tos_uri", "policy_uri"), "")
    own = {"token_endpoint_auth_method": "none", "redirect_uris": ["org.example.wallet:/back"]}
    return await Application.registered(stage.client, **own, **empty, scope=" ".join(CONFIGURATIONS))


@SCENES("invalid-request")
async def a_token_for_nothing(stage: Stage) -> Answered:
    application = await Application.registered(stage.client)
    return await application.post("/oauth/token", {})


@SCENES("invalid-client")
async def a_secret_that_is_wrong(stage: Stage) -> Answered:
    application = await Application.registered(stage.client)
    application.secret = "wrong"
    return await application.exchange("bgo_code")


@SCENES("invalid-grant")
async def a_code_that_was_never_given(stage: Stage) -> Answered:
    application = await Application.registered(stage.client)
    return await application.exchange("unknown")


@SCENES("unauthorized-client")
async def a_grant_that_the_client_did_not_register(stage: Stage) -> Answered:
    application = await Application.registered(stage.client)
    return await application.post("/oauth/token", {"grant_type": "client_credentials"})


@SCENES("unsupported-grant-type")
async def a_password_of_a_person(stage: Stage) -> Answered:
    application = await Application.registered(stage.client)
    return await application.post("/oauth/token", {"grant_type": "password", "username": "a", "password": "b"})


@SCENES("unsupported-response-type")
async def a_token_in_the_address(stage: Stage) -> Answered:
    return await pushed(stage, response_type="token")


@SCENES("invalid-scope")
async def a_scope_of_nothing(stage: Stage) -> Answered:
    return await pushed(stage, scope="nothing")


@SCENES("invalid-authorization-details")
async def details_that_are_no_list(stage: Stage) -> Answered:
    return await pushed(stage, authorization_details="{")


@SCENES("invalid-target")
async def a_token_for_another_server(stage: Stage) -> Answered:
    client = await wallet(stage)
    request = client.request(**asking(resource="https://elsewhere.example"))
    return await client.post(PAR, request)


@SCENES("access-denied")
async def somebody_who_says_no(stage: Stage) -> Answered:
    application, browser = await asked(stage)
    page = await browser.open(AUTHORIZE, application.request())
    return await browser.send(AUTHORIZE, {**fields(page.text), "answer": "deny"})


@SCENES("invalid-redirect-uri")
async def to_be_answered_without_encryption(stage: Stage) -> Answered:
    metadata = {**METADATA, "redirect_uris": ["http://application.example/back"]}
    return await stage.client.post("/oauth/register", json=metadata)


@SCENES("invalid-client-metadata")
async def an_address_on_another_host(stage: Stage) -> Answered:
    metadata = {**METADATA, "client_uri": "https://somebody-else.example/"}
    return await stage.client.post("/oauth/register", json=metadata)


@SCENES("unknown-client")
async def an_application_that_nobody_registered(stage: Stage) -> Answered:
    query = {"client_id": "bgc_nobody", "redirect_uri": BACK, "response_type": "code", "scope": READ}
    return await stage.client.get(AUTHORIZE, params=query)


@SCENES("question-expired")
async def an_answer_that_comes_too_late(stage: Stage) -> Answered:
    application, browser = await asked(stage)
    page = await browser.open(AUTHORIZE, application.request())
    stage.clock.advance(hours=2)
    return await browser.send(AUTHORIZE, {**fields(page.text), "answer": "allow"})


async def held(stage: Stage, owner: Person) -> str:
    """The id of a badge in somebody's backpack."""
    return (await stage.gateway.holdings.hold(stage.world.sound(Kind.HOSTED), owner.id, Via.BACKPACK)).holding.id


@SCENES("not-for-wallets")
async def a_badge_that_does_not_hold_any_more(stage: Stage) -> Answered:
    async with stage.otherwise() as other:
        owner = await other.person("learner@example.org")
        badge = await held(other, owner)
        client, browser = await wallet(other), await other.browser(owner)
        page = await browser.open(AUTHORIZE, client.request(**asking(scope=Configuration.BADGE)))
        other.world.web.gone(msgspec.json.decode(other.world.sound(Kind.HOSTED))["id"])
        form = {**fields(page.text), "answer": "allow", "badge": badge}
        return await browser.send(AUTHORIZE, form)


@SCENES("invalid-token")
async def a_token_that_was_never_given(stage: Stage) -> Answered:
    return await stage.client.get("/ims/ob/v3p0/credentials", headers={"Authorization": f"Bearer bga_{'0' * 43}"})
