"""What is sent is signed as Standard Webhooks says, in the eyes of the library of those who wrote it."""

import datetime as dt
import logging
from base64 import b64decode
from pathlib import Path

import jsonschema_rs
import msgspec
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from gateway.flows.webhooks.attempt import MOST_KEYS
from gateway.http.contract.messages import MESSAGE_HEADERS
from gateway.proofs.standard_webhooks import asymmetric, signed_content, symmetric
from gateway.records import Algorithm, Purpose
from gateway.records.events import EventKind
from tests.gateway.flows.webhooks.conftest import CALLER, Opening
from tests.simulators.receiver import Message, Receiver

# The example of the specification, section "Webhook headers"; its secret is that of the reference libraries' tests.
SECRET = b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")


def verifies(message: Message, public_key: str) -> bool:
    """Check the signatures ``v1a``, by the words of the specification."""
    key = Ed25519PublicKey.from_public_bytes(b64decode(public_key.removeprefix("whpk_")))
    content = f"{message.id}.{message.headers['webhook-timestamp']}.".encode() + message.body
    for signature in message.headers["webhook-signature"].split(" "):
        version, _, text = signature.partition(",")
        try:
            if version == "v1a":
                key.verify(b64decode(text), content)
                return True
        except InvalidSignature:
            continue
    return False


def misfits(message: Message) -> list[str]:
    """What the document says otherwise of the headers of a message."""
    return [
        name
        for name, said in MESSAGE_HEADERS.items()
        if not jsonschema_rs.validator_for(said["schema"], validate_formats=True).is_valid(message.headers[name])
    ]


def on_disk(folder: Path) -> bytes:
    """Every byte of the database."""
    return b"".join(path.read_bytes() for path in folder.glob("gateway.sqlite*"))


def test_the_vector_of_the_reference_libraries_is_signed_alike() -> None:
    content = signed_content("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')

    assert symmetric(SECRET, content) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert asymmetric(bytes(64)) == "v1a," + "A" * 86 + "=="


def test_an_id_with_a_full_stop_is_never_signed() -> None:
    with pytest.raises(ValueError, match="full stop"):
        signed_content("a.1", 2, b"")


async def test_an_event_verifies_by_both_signatures_and_is_what_the_feed_says(sending: Opening) -> None:
    async with Receiver() as receiver, sending(receiver) as world:
        made = await world.active(receiver, EventKind.CREDENTIAL_REVOKED)
        await world.happen(kind=EventKind.CREDENTIAL_REVOKED)
        async with world.running():
            await receiver.until(lambda: bool(receiver.of("credential.revoked")))
        changes = await world.flows.read_changes("", 10, CALLER)

    [message] = receiver.of("credential.revoked")
    message.verify(made.secret)
    [public_key] = made.webhook.public_keys
    assert verifies(message, public_key)
    assert message.body == msgspec.json.encode(changes.events[0])
    assert message.id == message.said["id"]
    assert message.headers["content-type"] == "application/json"


@pytest.mark.parametrize("changed", ["webhook-id", "webhook-timestamp", "body", "signature", "late", "early"])
async def test_another_id_time_or_body_is_refused(sending: Opening, changed: str) -> None:
    async with Receiver() as receiver, sending(receiver) as world:
        world.clock.advance(minutes={"late": -6, "early": 6}.get(changed, 0))
        made = await world.active(receiver)

    [message] = receiver.messages
    headers, body = dict(message.headers), message.body
    match changed:
        case "webhook-id":
            headers["webhook-id"] = "another"
        case "webhook-timestamp":
            headers["webhook-timestamp"] = str(int(headers["webhook-timestamp"]) + 1)
        case "body":
            body += b" "
        case "signature":
            headers["webhook-signature"] = headers["webhook-signature"].replace("v1,", "v1,AA")
    tampered = Message(headers, body)
    with pytest.raises((WebhookVerificationError, ValueError)):
        tampered.verify(made.secret)
    if changed not in ("late", "early", "signature"):
        assert not verifies(tampered, made.webhook.public_keys[0])


async def test_after_a_rotation_old_and_new_secret_verify_until_the_overlap_ends(sending: Opening) -> None:
    async with Receiver() as receiver, sending(receiver) as world:
        made = await world.active(receiver)
        overlap = dt.timedelta(seconds=60)
        rotated = await world.flows.rotate_webhook_secret(made.webhook.id, overlap, CALLER)
        async with world.running():
            await world.happen()
            await receiver.until(lambda: len(receiver.messages) == 2)
            world.clock.advance(seconds=61)
            await world.happen()
            await receiver.until(lambda: len(receiver.messages) == 3)

    during, after = receiver.messages[1:]
    during.verify(made.secret)
    during.verify(rotated.secret)
    after.verify(rotated.secret)
    with pytest.raises(WebhookVerificationError):
        after.verify(made.secret)
    assert [kind.split(",")[0] for kind in during.headers["webhook-signature"].split()] == ["v1", "v1", "v1a"]
    assert [misfits(message) for message in receiver.messages] == [[], [], []]


async def test_after_a_new_key_both_sign_for_a_week(sending: Opening) -> None:
    async with Receiver() as receiver, sending(receiver) as world:
        made = await world.active(receiver)
        await world.keys.rotate("default", Purpose.WEBHOOK, Algorithm.EDDSA, world.clock())
        [before] = made.webhook.public_keys
        new, old = (await world.show(made)).public_keys
        async with world.running():
            await world.happen()
            await receiver.until(lambda: len(receiver.messages) == 2)
        world.clock.advance(days=7)
        later = (await world.show(made)).public_keys

    assert old == before
    assert verifies(receiver.messages[1], old)
    assert verifies(receiver.messages[1], new)
    assert later == (new,)
    assert misfits(receiver.messages[1]) == []


async def test_however_often_a_key_is_changed_the_signatures_are_as_many_as_the_document_says(sending: Opening) -> None:
    async with Receiver() as receiver, sending(receiver) as world:
        made = await world.active(receiver)
        for _ in range(MOST_KEYS + 2):
            world.clock.advance(hours=1)
            await world.keys.rotate("default", Purpose.WEBHOOK, Algorithm.EDDSA, world.clock())
        await world.flows.rotate_webhook_secret(made.webhook.id, dt.timedelta(hours=1), CALLER)
        public_keys = (await world.show(made)).public_keys
        async with world.running():
            await world.happen()
            await receiver.until(lambda: len(receiver.messages) == 2)

    signatures = receiver.messages[1].headers["webhook-signature"]
    assert len(public_keys) == MOST_KEYS
    assert all(verifies(receiver.messages[1], key) for key in public_keys)
    assert made.webhook.public_keys[0] not in public_keys
    assert len(signatures) == MESSAGE_HEADERS["webhook-signature"]["schema"]["maxLength"]
    assert misfits(receiver.messages[1]) == []


async def test_each_platform_and_endpoint_has_keys_and_secrets_of_its_own(sending: Opening) -> None:
    async with Receiver() as receiver, sending(receiver) as world:
        one, two = await world.active(receiver), await world.active(receiver)
        keys = await world.keys.all("default")

    assert one.secret != two.secret
    assert {key.purpose for key in keys} == {Purpose.WEBHOOK}
    with pytest.raises(WebhookVerificationError):
        Webhook(two.secret).verify(receiver.messages[0].body, receiver.messages[0].headers)


async def test_no_secret_is_in_a_log_an_answer_an_event_or_at_rest(
    sending: Opening, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    async with Receiver() as receiver, sending(receiver) as world:
        made = await world.active(receiver)
        rotated = await world.flows.rotate_webhook_secret(made.webhook.id, dt.timedelta(hours=1), CALLER)
        receiver.answer = lambda _: b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"
        await world.happen()
        async with world.running():
            await receiver.until(lambda: world.ended(made, 1))
        shown = msgspec.json.encode([await world.show(made), await world.sent(made)]).decode()
    at_rest = on_disk(tmp_path)

    for secret in (made.secret, rotated.secret):
        raw = b64decode(secret.removeprefix("whsec_"))
        for text in (caplog.text, shown, repr(made), repr(rotated)):
            assert secret.removeprefix("whsec_") not in text
        assert raw not in at_rest
