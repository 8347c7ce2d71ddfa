"""Scenes of ``gateway.json``: badges examined, converted, issued; records searched, shown and taken back."""

from typing import Any  # Any: members of JSON documents

import msgspec

from gateway.http.examples import AWARD, VERIFIABLE
from gateway.records.access import Scope
from tests.examples.scene import NOBODY, Asked, Scenes, asked, by_platform
from tests.examples.story import BEARER, SAMPLE, THE_RECORD, Story, said
from tests.laundering.sources import Kind

SCENES = Scenes()
SECOND = {"to": ["open-badges-2"]}
FORGED = SAMPLE.replace(b"Repairing", b"Designing")
ASSERTION = "https://issuer.example/assertions/1"
REASON = {"reason": "Awarded twice by mistake"}


def of(record: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The parameter that names a record, and others."""
    return {"record_id": record["id"], **more}


@SCENES("inspectBadge")
async def inspected(story: Story) -> Asked:
    del story
    return asked(shared=VERIFIABLE)


@SCENES("verifyBadge")
async def verified(story: Story) -> Asked:
    del story
    return asked(shared=VERIFIABLE)


@SCENES("verifyBadge", 415, "A body that is no badge.")
async def no_badge(story: Story) -> Asked:
    del story
    return asked(body={"name": "Repairing bicycles"})


@SCENES("convertBadge", 201, first=True)
async def converted(story: Story) -> Asked:
    story.ids.begin(THE_RECORD)
    return by_platform({**SECOND, "Idempotency-Key": "import-2026-09-01-1"}, shared=VERIFIABLE, shown=("Location",))


@SCENES("convertBadge", 200, "A badge that was converted before.", first=True)
async def converted_before(story: Story) -> Asked:
    story.ids.begin(THE_RECORD)
    await story.converted(SAMPLE, *SECOND["to"])
    return by_platform(SECOND, shared=VERIFIABLE, shown=("Location",))


@SCENES("convertBadge", 401, "Without an API key.")
async def converted_by_nobody(story: Story) -> Asked:
    del story
    return asked(SECOND, shared=VERIFIABLE, shown=("WWW-Authenticate",))


@SCENES("convertBadge", 400, "Into a format that there is not.")
async def converted_into_nothing(story: Story) -> Asked:
    del story
    return by_platform({"to": ["open-badges-4"]}, shared=VERIFIABLE)


@SCENES("convertBadge", 422, "A badge that was changed after it was signed.")
async def converted_though_forged(story: Story) -> Asked:
    del story
    return by_platform(SECOND, msgspec.json.decode(FORGED))


@SCENES("issueCredential", 201)
async def issued(story: Story) -> Asked:
    del story
    return by_platform({"to": ["open-badges-3"], "Idempotency-Key": "award-4711"}, AWARD, shown=("Location",))


@SCENES("issueCredential", 200, "The same request with the same Idempotency-Key, two days later.", alone=True)
async def issued_before(story: Story) -> Asked:
    parameters = {"to": ["open-badges-3"], "Idempotency-Key": "award-4711"}
    await story.client.post(
        "/v1/credentials/issue",
        params={"to": "open-badges-3"},
        content=msgspec.json.encode(AWARD),
        headers={**BEARER, "Idempotency-Key": "award-4711", "Content-Type": "application/json"},
    )
    story.clock.advance(days=2)
    return by_platform(parameters, AWARD, shown=("Location",))


@SCENES("issueCredential", 400, "Without the achievement's description.")
async def issued_without_words(story: Story) -> Asked:
    del story
    award = {"achievement": {"name": "Repairing bicycles"}, "recipient": {"email": "learner@example.org"}}
    return by_platform({"to": ["open-badges-3"]}, award)


@SCENES("issueCredential", 403, "With an API key that may only read.")
async def issued_by_a_reader(story: Story) -> Asked:
    return asked({"to": ["open-badges-3"]}, AWARD, headers=await story.key(Scope.CREDENTIALS_READ))


@SCENES("listCredentials", alone=True)
async def listed(story: Story) -> Asked:
    story.clock.advance(minutes=5)
    await story.awarded()
    return by_platform({"limit": 1}, shown=("Link",))


@SCENES("listCredentials", 400, "A page that is too long.")
async def listed_at_length(story: Story) -> Asked:
    del story
    return by_platform({"limit": 100_000})


@SCENES("showCredential")
async def shown(story: Story) -> Asked:
    return by_platform(of(await story.awarded()))


@SCENES("showCredential", 404, "A record that there is not, or that is another platform's.")
async def not_shown(story: Story) -> Asked:
    del story
    return by_platform({"record_id": NOBODY})


@SCENES("exportCredential")
async def exported(story: Story) -> Asked:
    return by_platform(of(story.record, format="open-badges-3"), shown=("ETag", "Content-Digest"))


@SCENES("exportCredential", 404, "In a format that it was not issued in.")
async def not_exported(story: Story) -> Asked:
    return by_platform(of(story.record, format="elm-3"))


@SCENES("addForms", 201)
async def extended(story: Story) -> Asked:
    return by_platform(of(await story.awarded(), to=["open-badges-3"], securing=["vc-jwt"]), shown=("Location",))


@SCENES("addForms", 200, "In a format that it was issued in before.")
async def not_extended(story: Story) -> Asked:
    return by_platform(of(await story.awarded(), to=["open-badges-3"]), shown=("Location",))


@SCENES("showHistory", alone=True)
async def history(story: Story) -> Asked:
    record = await story.awarded()
    story.clock.advance(days=1)
    await story.post(f"/v1/credentials/{record['id']}/revoke", json=REASON)
    return by_platform(of(record))


@SCENES("showOriginal")
async def original(story: Story) -> Asked:
    return by_platform(of(story.record))


@SCENES("recheckSource")
async def rechecked(story: Story) -> Asked:
    record = await story.converted(story.world.sound(Kind.HOSTED), "open-badges-3")
    story.world.web.gone(ASSERTION)
    return by_platform(of(record))


@SCENES("revokeCredential")
async def revoked(story: Story) -> Asked:
    return by_platform(of(await story.awarded()), REASON)


@SCENES("revokeCredential", 404, "A record that there is not, or that is another platform's.")
async def not_revoked(story: Story) -> Asked:
    del story
    return by_platform({"record_id": NOBODY}, REASON)


async def suspendable(story: Story) -> dict[str, Any]:
    """A record that can be suspended."""
    made = await story.post("/v1/credentials/issue", params={"to": "open-badges-3", "status": "suspension"}, json=AWARD)
    return dict(made["record"])


@SCENES("suspendCredential")
async def suspended(story: Story) -> Asked:
    return by_platform(of(await suspendable(story)), {"reason": "Under review"})


@SCENES("suspendCredential", 409, "What was issued without `status=suspension`.")
async def not_suspended(story: Story) -> Asked:
    return by_platform(of(await story.awarded()), {"reason": "Under review"})


@SCENES("reinstateCredential")
async def reinstated(story: Story) -> Asked:
    record = await suspendable(story)
    await story.post(f"/v1/credentials/{record['id']}/suspend", json={"reason": "Under review"})
    return by_platform(of(record))


@SCENES("eraseCredential", 204)
async def erased(story: Story) -> Asked:
    return by_platform(of(await story.awarded()))


@SCENES("eraseCredential", 404, "A record that there is not, that is another platform's, or that was erased before.")
async def not_erased(story: Story) -> Asked:
    record = await story.awarded()
    said(await story.client.delete(f"/v1/credentials/{record['id']}", headers=BEARER))
    return by_platform(of(record))


@SCENES("listChanges", alone=True)
async def changes(story: Story) -> Asked:
    del story
    return by_platform({"limit": 2}, shown=("Link",))


@SCENES("listChanges", 400, "A cursor that was not given out.")
async def changes_since_nothing(story: Story) -> Asked:
    del story
    return by_platform({"since": "yesterday"})


@SCENES("listAudit", alone=True)
async def trail(story: Story) -> Asked:
    story.clock.advance(minutes=5)
    await story.post(f"/v1/credentials/{story.record['id']}/revoke", json=REASON)
    return by_platform({"limit": 2})
