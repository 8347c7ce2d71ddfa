"""Authorities that stamp: RFC 3161 tokens as real ones make them, and as an attacker would."""

import base64
import datetime as dt
import hashlib
import json
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from gateway.proofs import base64url
from gateway.proofs.certificates import Certificate, SealOwner
from tests.simulators.seals import Authority, key, name

STAMPING: x509.ExtensionType = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])


def tlv(tag: int, *parts: bytes) -> bytes:
    value = b"".join(parts)
    size = len(value)
    if size < 0x80:
        return bytes([tag, size]) + value
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(length)]) + length + value


def identifier(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    octets = b""
    for arc in (40 * first + second, *rest):
        part, left = [arc & 0x7F], arc >> 7
        while left:
            part.insert(0, left & 0x7F | 0x80)
            left >>= 7
        octets += bytes(part)
    return tlv(0x06, octets)


SHA256 = tlv(0x30, identifier("2.16.840.1.101.3.4.2.1"))
TST_INFO = "1.2.840.113549.1.9.16.1.4"


class Clock:
    """Stamps with a certificate that an authority issued for that, unless told otherwise."""

    def __init__(self, above: Authority, extensions: list[tuple[x509.ExtensionType, bool]] | None = None) -> None:
        self.private = key(500)
        subject = name(SealOwner(organisation="Clock of examples"))
        given = [(STAMPING, True)] if extensions is None else extensions
        self.certificate: Certificate = above.issued(subject, self.private.public_key(), given)

    def token(self, text: bytes, at: dt.datetime, **instead: Any) -> bytes:
        """Stamp a text.

        Args:
            text: What is stamped.
            at: To the second.
            instead: ``digest`` of the content, ``named`` certificate, ``content_type``, ``private`` key, ``held``
                certificates, each in place of the right one.
        """
        imprint = tlv(0x30, SHA256, tlv(0x04, hashlib.sha256(text).digest()))
        moment = tlv(0x18, at.strftime("%Y%m%d%H%M%SZ").encode())
        info = tlv(0x30, tlv(2, b"\x01"), identifier("1.2.3.4"), imprint, tlv(2, b"\x07"), moment)
        named = instead.get("named", self.certificate)
        listed = tlv(0x30, tlv(0x30, tlv(0x30, tlv(0x04, named.fingerprint(hashes.SHA256())))))
        attributes = (
            _attribute("1.2.840.113549.1.9.3", identifier(instead.get("content_type", TST_INFO))),
            _attribute("1.2.840.113549.1.9.4", tlv(0x04, instead.get("digest", hashlib.sha256(info).digest()))),
            _attribute("1.2.840.113549.1.9.16.2.47", listed),
        )
        private = instead.get("private", self.private)
        value = private.sign(tlv(0x31, *attributes), ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        serial = self.certificate.serial_number
        sid = tlv(0x30, self.certificate.issuer.public_bytes(), tlv(2, serial.to_bytes(serial.bit_length() // 8 + 1)))
        algorithm = tlv(0x30, identifier("1.2.840.10045.4.3.2"))
        signer = tlv(0x30, tlv(2, b"\x01"), sid, SHA256, tlv(0xA0, *attributes), algorithm, tlv(0x04, value))
        content = tlv(0x30, identifier(TST_INFO), tlv(0xA0, tlv(0x04, info)))
        held = tlv(0xA0, *(one.public_bytes(Encoding.DER) for one in instead.get("held", (self.certificate,))))
        signed = tlv(0x30, tlv(2, b"\x03"), tlv(0x31, SHA256), content, held, tlv(0x31, signer))
        return tlv(0x30, identifier("1.2.840.113549.1.7.2"), tlv(0xA0, signed))


def with_timestamps(file: bytes, clock: Clock, at: dt.datetime, *, archive: bool = False) -> bytes:
    """A sealed file with a timestamp of its signature, and if asked with the rest of level LTA (its data empty)."""
    document = json.loads(file)
    [entry] = document["signatures"]
    added = [_encoded("sigTst", _container(clock.token(entry["signature"].encode(), at)))]
    if archive:
        added += [_encoded("xVals", []), _encoded("rVals", {})]
        over = ".".join((document["payload"], entry["protected"], entry["signature"], "".join(added)))
        added.append(_encoded("arcTst", _container(clock.token(over.encode(), at))))
    entry["header"] = {"etsiU": added}
    return json.dumps(document).encode()


def _attribute(dotted: str, value: bytes) -> bytes:
    return tlv(0x30, identifier(dotted), tlv(0x31, value))


def _container(token: bytes) -> dict[str, Any]:
    return {"tstTokens": [{"val": base64.b64encode(token).decode()}]}


def _encoded(member: str, value: Any) -> str:
    return base64url.encode(json.dumps({member: value}).encode())
