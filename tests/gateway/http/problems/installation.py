"""Problems that whoever runs the gateway puts right."""

import dataclasses

import msgspec

from gateway.http.account.session import SIGN_IN
from gateway.ports import Signer
from gateway.records import Algorithm, KeyState, Purpose
from gateway.records.tenants import DEFAULT_PLATFORM
from tests.gateway.http.problems.people import AS_A_PROGRAM
from tests.gateway.http.problems.scene import Scenes
from tests.gateway.http.problems.stage import BEARER, NOON, Answered, Stage, printed
from tests.gateway.plain import award

SCENES = Scenes()
ISSUE = "/v1/credentials/issue?to=open-badges-3"


class Wrong(msgspec.Struct, frozen=True):
    """Implements ``gateway.ports.Signer``: it signs something else."""

    signer: Signer

    async def sign(self, key_id: str, message: bytes) -> bytes:
        return await self.signer.sign(key_id, message + b"!")


class Broken(msgspec.Struct, frozen=True):
    """Implements ``gateway.ports.Signer`` with a mistake in it."""

    async def sign(self, key_id: str, message: bytes) -> bytes:
        raise RuntimeError(f"nothing of the {len(message)} bytes is told to a caller, nor {key_id}")


def signed_by(stage: Stage, signer: Signer) -> Stage:
    """The stage, on which another signer signs what is issued."""
    issue = stage.gateway.native.issue
    changed = dataclasses.replace(issue, seal=dataclasses.replace(issue.seal, signer=signer))
    stage.replace(native=msgspec.structs.replace(stage.gateway.native, issue=changed))
    return stage


async def issued(stage: Stage) -> Answered:
    """An award, to be issued."""
    return await stage.client.post(ISSUE, json=award(), headers=BEARER)


@SCENES("unavailable")
async def a_store_that_is_away(stage: Stage) -> Answered:
    async with stage.otherwise() as other:
        await other.gateway.edges.database.close()
        return await other.client.get("/v1/credentials", headers=BEARER)


@SCENES("no-mail")
async def a_link_that_nobody_can_mail(stage: Stage) -> Answered:
    async with stage.otherwise() as other:
        other.app.state.gateway = other.unlettered
        return await other.client.post(SIGN_IN, data={"address": "learner@example.org"}, headers=AS_A_PROGRAM)


@SCENES("misconfigured")
async def a_new_key_for_a_gateway_on_loopback(stage: Stage) -> Answered:
    async with stage.otherwise(public_url="http://127.0.0.1:8000") as other:
        wish = {"purpose": "assertion", "algorithm": "EdDSA"}
        return await other.client.post("/v1/platform/signing-keys", json=wish, headers=BEARER)


@SCENES("no-public-address")
async def to_issue_under_no_address(stage: Stage) -> Answered:
    async with stage.otherwise(public_url="") as other:
        return await issued(other)


@SCENES("key-missing")
async def to_issue_with_keys_that_were_all_revoked(stage: Stage) -> Answered:
    async with stage.otherwise() as other:
        await issued(other)
        keys = other.gateway.convert.prepare.publish.keys
        for purpose in Purpose:
            for algorithm in Algorithm:
                key = await keys.active(DEFAULT_PLATFORM, purpose, algorithm)
                await keys.settle(key.id, KeyState.REVOKED, NOON)
        return await issued(other)


@SCENES("seal-broken")
async def a_signer_that_signs_something_else(stage: Stage) -> Answered:
    async with stage.otherwise() as other:
        return await issued(signed_by(other, Wrong(other.gateway.native.issue.seal.signer)))


@SCENES("internal")
async def a_signer_with_a_mistake_in_it(stage: Stage) -> Answered:
    async with stage.otherwise() as other:
        return await issued(signed_by(other, Broken()))


@SCENES("usage")
async def a_command_for_a_badge_that_is_in_no_file(stage: Stage) -> Answered:
    del stage
    return await printed("verify", "no-such-badge.json")
