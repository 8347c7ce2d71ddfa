"""What was recorded stands in the document where it belongs, and what does not fit it is refused."""

from typing import Any  # Any: parts of a document

import msgspec
import pytest

from gateway.http.contract.exemplary import AS_SENT, RECORDED, show
from gateway.http.examples.recorded import CameBack, Exchange, Sent

PROBLEM = {"description": "No.", "content": {"application/problem+json": {"schema": {}}}}


def document() -> dict[str, Any]:
    badge: dict[str, Any] = {"content": {"application/json": {"schema": {}, "examples": {"sample": {"value": {}}}}}}
    return {
        "components": {
            "requestBodies": {"Badge": badge},
            "responses": {"Problem404": PROBLEM},
            "headers": {"ETag": {"schema": {}}},
        }
    }


def operation(**more: Any) -> dict[str, Any]:
    shown = {
        "description": "It.",
        "content": {"application/json": {"schema": {}}},
        "headers": {"ETag": {"$ref": "#/components/headers/ETag"}},
    }
    return {
        "operationId": "showBadge",
        "parameters": [{"name": "badge_id", "schema": {}}, {"name": "lang", "schema": {"type": "array"}}],
        "requestBody": {"content": {"image/png": {}, "multipart/form-data": {}, "application/json": {"schema": {}}}},
        "responses": {"200": shown, "404": {"$ref": "#/components/responses/Problem404"}},
        **more,
    }


def shown(sent: Sent, said: dict[str, Any], **responses: CameBack) -> dict[str, Any]:
    named = {status.removeprefix("s"): answer for status, answer in responses.items()}
    show(document(), said, Exchange(request=sent, responses=named))
    return said


def test_parameters_and_bodies_stand_where_they_belong() -> None:
    sent = Sent(parameters={"badge_id": "1", "lang": "fr"}, media_type="application/json", body={"a": 1})
    answer = CameBack(media_type="application/json", body=[], headers={"ETag": '"1"'})

    said = shown(sent, operation(), s200=answer)

    assert [each["example"] for each in said["parameters"]] == ["1", ["fr"]]
    assert said["requestBody"]["content"]["application/json"]["examples"] == {AS_SENT: {"value": {"a": 1}}}
    assert said["responses"]["200"]["content"]["application/json"]["examples"] == {RECORDED: {"value": []}}
    assert said["responses"]["200"]["headers"]["ETag"] == {"schema": {}, "example": '"1"'}


def test_a_refusal_that_is_shared_is_shown_where_it_was_recorded_and_stays_as_it_is_elsewhere() -> None:
    refused = CameBack(summary="Another.", media_type="application/problem+json", body={})

    said = shown(Sent(), operation(), s404=refused)

    [content] = said["responses"]["404"]["content"].values()
    assert content["examples"] == {RECORDED: {"summary": "Another.", "value": {}}}
    assert "examples" not in PROBLEM["content"]["application/problem+json"]  # type: ignore[index] # nested


def test_a_body_that_several_operations_take_stays_shared() -> None:
    body = {"$ref": "#/components/requestBodies/Badge"}

    assert shown(Sent(shared="sample"), operation(requestBody=body))["requestBody"] == body


def test_parts_of_forms_are_the_texts_that_they_are() -> None:
    sent = Sent(media_type="multipart/form-data", body={"file": {"a": 1}, "files": ["x", {}]})

    said = shown(sent, operation())

    value = said["requestBody"]["content"]["multipart/form-data"]["examples"][AS_SENT]["value"]
    assert value == {"file": '{"a":1}', "files": ["x", "{}"]}


def test_pictures_are_shown_in_base64_and_what_is_too_large_by_its_address() -> None:
    sent = Sent(media_type="image/png", body="iVBORw==")
    answer = CameBack(media_type="application/json", external="/openapi.json")

    said = shown(sent, operation(), s200=answer)

    assert said["requestBody"]["content"]["image/png"]["examples"][AS_SENT]["summary"] == "The bytes, in base64."
    [content] = said["responses"]["200"]["content"].values()
    assert "examples" not in content
    assert said["responses"]["200"]["description"].endswith("Every gateway serves an example at `/openapi.json`.")


@pytest.mark.parametrize(
    ("sent", "responses", "said"),
    [
        (Sent(parameters={"other": 1}), {}, "no such parameters: other"),
        (Sent(shared="other"), {}, "no example other"),
        (Sent(), {"s500": CameBack()}, "knows of no 500"),
        (Sent(), {"s200": CameBack(headers={"Link": "x"})}, "no header Link"),
        (Sent(media_type="text/plain", body=""), {}, "no text/plain"),
        (Sent(), {"s200": CameBack(media_type="text/plain")}, "no text/plain"),
    ],
)
def test_what_does_not_fit_the_operation_is_refused(sent: Sent, responses: dict[str, CameBack], said: str) -> None:
    with pytest.raises(RuntimeError, match=said):
        shown(sent, operation(), **responses)


def test_what_is_absent_and_what_is_null_are_two_things() -> None:
    answer = CameBack(media_type="application/json", body=None)

    said = shown(Sent(), operation(), s200=answer)

    assert said["responses"]["200"]["content"]["application/json"]["examples"] == {RECORDED: {"value": None}}
    assert msgspec.json.encode(CameBack()) == b"{}"


def test_what_was_sent_and_answered_stands_before_other_examples() -> None:
    content: dict[str, Any] = {"application/json": {"schema": {}, "examples": {"shortest": {"value": {}}}}}

    said = shown(Sent(media_type="application/json", body={"a": 1}), operation(requestBody={"content": content}))

    assert list(said["requestBody"]["content"]["application/json"]["examples"]) == [AS_SENT, "shortest"]
