"""Scenes of ``oauth.json``: applications register, ask people, and get tokens."""

from tests.examples.scene import Asked, Scenes, asked
from tests.examples.sending import FORM
from tests.examples.story import Story, said
from tests.simulators.application import METADATA, READ, Application, Browser, fields
from tests.simulators.people import person, session

SCENES = Scenes()
VERIFIER = "a-verifier-that-nobody-guesses-because-it-is-long-enough"
TRANSCRIPTS = {**METADATA, "client_name": "Transcripts"}


async def registered(story: Story) -> Application:
    """An application."""
    found = await Application.registered(story.client)
    found.verifier = VERIFIER
    return found


async def wrong(story: Story) -> dict[str, str]:
    """The header with an application's id, and a secret that is not its own."""
    return Application(story.client, (await registered(story)).id, "nothing").basic


async def browser(story: Story, name: str) -> Browser:
    """Of somebody with this name who is signed in."""
    owner = await person(story.gateway, f"{name}@example.org")
    return Browser(story.client, f"__Host-session={await session(story.gateway, owner)}")


@SCENES("oauthMetadata")
async def metadata(story: Story) -> Asked:
    del story
    return asked()


@SCENES("oauthMetadataForWallets")
async def metadata_for_wallets(story: Story) -> Asked:
    del story
    return asked()


@SCENES("registerClient", 201)
async def client(story: Story) -> Asked:
    del story
    return asked(body=TRANSCRIPTS)


@SCENES("registerClient", 400, "Without what people are shown.")
async def no_client(story: Story) -> Asked:
    del story
    return asked(body={"client_name": "Transcripts"})


@SCENES("pushAuthorizationRequest", 201)
async def pushed(story: Story) -> Asked:
    application = await registered(story)
    return asked(body=application.request(), media_type=FORM, headers=application.basic)


@SCENES("pushAuthorizationRequest", 400, "For something that there is not.")
async def not_pushed(story: Story) -> Asked:
    application = await registered(story)
    return asked(body=application.request(scope="nothing"), media_type=FORM, headers=application.basic)


@SCENES("authorize", 303)
async def signed_out(story: Story) -> Asked:
    return asked((await registered(story)).request(), shown=("Location",))


@SCENES("answerAuthorization", 303)
async def answered(story: Story) -> Asked:
    application, owner = await registered(story), await browser(story, "answers")
    page = said(await owner.open("/oauth/authorize", application.request()))
    form = {**fields(page.text), "answer": "allow"}
    return asked(body=form, media_type=FORM, headers=owner.headers, shown=("Location",))


@SCENES("issueToken")
async def token(story: Story) -> Asked:
    application, owner = await registered(story), await browser(story, "token")
    form = {
        "grant_type": "authorization_code",
        "code": await owner.code(application, scope=READ),
        "redirect_uri": application.redirect_uri,
        "code_verifier": VERIFIER,
    }
    return asked(body=form, media_type=FORM, headers=application.basic)


@SCENES("issueToken", 400, "For a code that there is not, or that was used.")
async def no_token(story: Story) -> Asked:
    application = await registered(story)
    form = {
        "grant_type": "authorization_code",
        "code": "A" * 43,
        "redirect_uri": application.redirect_uri,
        "code_verifier": VERIFIER,
    }
    return asked(body=form, media_type=FORM, headers=application.basic)


@SCENES("issueToken", 401, "With a wrong secret.")
async def wrong_secret(story: Story) -> Asked:
    form = {"grant_type": "client_credentials", "scope": "credentials.read"}
    return asked(body=form, media_type=FORM, headers=await wrong(story), shown=("WWW-Authenticate",))


@SCENES("revokeToken")
async def revoked(story: Story) -> Asked:
    application, owner = await registered(story), await browser(story, "revoked")
    tokens = await application.tokens(owner)
    return asked(body={"token": tokens["refresh_token"]}, media_type=FORM, headers=application.basic)


@SCENES("revokeToken", 401, "With a wrong secret.")
async def not_revoked(story: Story) -> Asked:
    form = {"token": f"bgr_{'A' * 43}"}
    return asked(body=form, media_type=FORM, headers=await wrong(story), shown=("WWW-Authenticate",))


@SCENES("listApplications", 303)
async def nobody(story: Story) -> Asked:
    del story
    return asked(shown=("Location",))


@SCENES("revokeApplication", 303)
async def ended(story: Story) -> Asked:
    application, owner = await registered(story), await browser(story, "ended")
    await application.tokens(owner)
    page = said(await owner.open("/account/applications"))
    return asked(body=fields(page.text), media_type=FORM, headers=owner.headers, shown=("Location",))
