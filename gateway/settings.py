"""The only reader of the environment: every setting, its default, and what it means."""

import difflib
import ipaddress
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args  # Any: what a setting is converted to
from urllib.parse import urlsplit

import msgspec

from gateway.errors import Misconfigured, NoPublicAddress

PREFIX = "GATEWAY_"
TEST_PREFIX = "GATEWAY_TEST_"
SECRET = frozenset(
    {"database_url", "redis_url", "master_key", "key_passphrase", "seal_passphrase", "smtp_url", "oidc_client_secret"}
)
"""Settings whose values are shown nowhere."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})

_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
_ORIGIN = re.compile(rf"https?://(?:{_LABEL}(?:\.{_LABEL})*|\[([0-9a-f:.]+)\])(?::([0-9]{{1,5}}))?", re.IGNORECASE)
MAX_PORT = 65535

ORGANISATION_ID = r"(?:VAT|NTR|PSD)[A-Z]{2}-[!-~]{1,64}|LEIXG-[!-~]{1,64}|[A-Z]{2}:[A-Z]{2}-[!-~]{1,64}"
"""An organizationIdentifier: kind, country and number (ETSI EN 319 412-1 section 5.1.4)."""

PositiveInt = Annotated[int, msgspec.Meta(gt=0, description="a whole number above 0")]
Count = Annotated[int, msgspec.Meta(ge=0, description="a whole number, 0 or above")]
OrganisationId = Annotated[
    str,
    msgspec.Meta(
        pattern=rf"^(?:{ORGANISATION_ID})$(?!\n)",
        description="an organisation identifier as it stands in certificates, NTRFR-123456789 (ETSI EN 319 412-1)",
    ),
]
Country = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}$(?!\n)", description="two capital letters of ISO 3166-1, FR")]
Language = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}$(?!\n)", description="a language of ISO 639, en")]
Switch = Annotated[bool, msgspec.Meta(description="true or false")]
Timeout = Annotated[float, msgspec.Meta(gt=0, le=60, description="seconds, above 0 and at most 60")]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a deployment decides; each field is the environment variable ``GATEWAY_`` + its name in capitals.

    Attributes:
        public_url: Origin under which everything issued is served, ``https://badges.example.org``. Nothing is issued
            without it, and it never changes for a store. ``http`` on loopback is development (did:key, no status).
        data_dir: Holds the SQLite store, the keys and the master key.
        database_url: ``postgresql://…``; empty means SQLite in ``data_dir``.
        redis_url: ``redis://…``; empty means cache and rate limits in this process.
        master_key: 32 bytes in base64 that encrypt documents at rest; empty means a file in ``data_dir``.
        key_passphrase: Encrypts the signing keys at rest; empty means file permissions alone protect them.
        issuer_name: The gateway's name in everything it signs.
        issuer_email: Open Badges 2.0 demands one; empty means ``badges@`` + the host of ``public_url``.
        open_badges_3_issuer: Issuer id in Open Badges 3.0: the platform's ``did:web``, or its ``https`` profile.
        vc_jwt_algorithm: Of VC-JWT output; the reference validator takes RS256 and ES256 only.
        seal_organisation_id: The identifier in the seals of what is issued in ELM, for platforms that have none of
            their own: ``NTRFR-123456789``. Without one nothing is sealed: it is never invented.
        seal_country: The country in those seals; empty means the one that the identifier begins with.
        seal_passphrase: Opens the file that ``keys import`` reads; empty means that it is asked for on a terminal.
        seal_time: How a seal says when it was made: ``iat`` (ETSI TS 119 182-1 v1.2.1) or ``sigT`` (before it), for
            readers that know no other; seals made with ``sigT`` since 2025-07-15 are no baseline signatures.
        seal_anchors: Folder of certificates in PEM whose holders' seals are trusted; empty means none.
        elm_version: Of the application profile of ELM that is written.
        elm_country: The country of an awarding body that names none; empty means that it is said to be provisional.
        elm_language: Of texts that do not say theirs, in ELM, where each has one.
        shacl_shapes: Folder of the official shapes (Turtle) that ELM is examined with too; empty means none.
        exempt_origins: Exact origins, comma separated, that may be fetched from though they are http, have
            another port or an inside address (development, intranet). They are open to all who may name a URL.
        fetch_timeout_s: Whole time for one fetch, redirects included.
        max_body_bytes: Of a request body and of a file on the command line.
        public_requests_per_minute: Per client address, on routes that need no key.
        key_requests_per_minute: Per API key, from whatever addresses it is used.
        platform_requests_per_minute: Of all keys of a platform together; a platform may have a limit of its own.
        platform_issued_per_day: Forms that a platform may issue between two midnights UTC, likewise; 0 for any number.
        status_list_valid_hours: How long a signed status list holds; it is signed again at half of that.
        watch_list_minutes: How often the status lists of converted badges are asked whether these were revoked.
        watch_hosted_hours: How often each hosted badge that was converted is asked the same.
        claim_recheck_hours: How old the last confirmation of a badge may be when a wallet fetches what was made of it;
            from then on it is verified again first.
        oid4vci_accept_legacy_proofs: Whether wallets' proofs of possession of before OpenID4VCI 1.0, without ``typ`` or
            ``iat``, are taken too. It weakens them: a JWT that a key signed for something else may pass. Each is
            logged.
        watch_host_requests_per_minute: Of both together, to one host.
        trusted_proxies: Addresses, comma separated, whose ``X-Forwarded-For`` is believed.
        sign_in_links_per_hour: Links to sign in, or to add an address, that one network may ask for.
        backpack_badges: How many badges one person may hold.
        terms_url: Address of the operator's own terms of use; empty means the page ``/terms``.
        privacy_url: Likewise of what it says of privacy; empty means the page ``/privacy``.
        smtp_url: ``smtp://user:password@host:587`` or ``smtps://…``: mails the links with which people sign in. Empty
            means that in development they are shown on the terminal, and elsewhere nobody can sign in with one.
        mail_from: The sender of those mails; empty means ``badges@`` + the host of ``public_url``.
        oidc_issuer: An OpenID Connect provider with which people may sign in too; empty means none.
        oidc_client_id: As the provider knows this gateway.
        oidc_client_secret: What the gateway shows the provider; empty for a public client.
    """

    public_url: str = ""
    data_dir: Path = Path(".badge-gateway")
    database_url: str = ""
    redis_url: str = ""
    master_key: str = ""
    key_passphrase: str = ""
    issuer_name: str = "Open Badges gateway"
    issuer_email: str = ""
    open_badges_3_issuer: Literal["did", "https"] = "did"
    vc_jwt_algorithm: Literal["ES256", "RS256", "EdDSA"] = "ES256"
    seal_organisation_id: OrganisationId = ""
    seal_country: Country = ""
    seal_passphrase: str = ""
    seal_time: Literal["iat", "sigT"] = "iat"
    seal_anchors: str = ""
    elm_version: Literal["3.1", "3.2"] = "3.1"
    elm_country: Country = ""
    elm_language: Language = "en"
    shacl_shapes: str = ""
    exempt_origins: str = ""
    fetch_timeout_s: Timeout = 5.0
    max_body_bytes: PositiveInt = 5 * 1024 * 1024
    public_requests_per_minute: PositiveInt = 600
    key_requests_per_minute: PositiveInt = 6000
    platform_requests_per_minute: PositiveInt = 30_000
    platform_issued_per_day: Count = 0
    status_list_valid_hours: PositiveInt = 24
    watch_list_minutes: PositiveInt = 5
    watch_hosted_hours: PositiveInt = 24
    claim_recheck_hours: PositiveInt = 24
    oid4vci_accept_legacy_proofs: Switch = False
    watch_host_requests_per_minute: PositiveInt = 60
    trusted_proxies: str = ""
    sign_in_links_per_hour: PositiveInt = 200
    backpack_badges: PositiveInt = 5000
    terms_url: str = ""
    privacy_url: str = ""
    smtp_url: str = ""
    mail_from: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""

    def __repr__(self) -> str:
        """What is set, without what is secret."""
        said = (
            f"{name}={'…' if name in SECRET and value else repr(value)}"
            for name in self.__struct_fields__
            if (value := getattr(self, name)) not in ("", None)
        )
        return f"Settings({', '.join(said)})"

    @property
    def development(self) -> bool:
        """True when ``public_url`` is http on loopback: nothing issued here is for real."""
        return self.public_url.startswith("http://")

    @property
    def exempt(self) -> frozenset[str]:
        return _listed(self.exempt_origins)

    @property
    def proxies(self) -> frozenset[str]:
        return _listed(self.trusted_proxies)

    def require_public_url(self) -> str:
        """Return ``public_url``.

        Raises:
            NoPublicAddress: It is not set, so nothing can be issued.
        """
        if not self.public_url:
            raise NoPublicAddress
        return self.public_url


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Read the settings; other programs' variables are not looked at.

    Raises:
        Misconfigured: A variable with our prefix is unknown or has an impossible value.
    """
    ours = {
        name: value
        for name, value in environment.items()
        if name.startswith(PREFIX) and not name.startswith(TEST_PREFIX)
    }
    known = {PREFIX + name.upper(): name for name in Settings.__struct_fields__}
    for name in ours:
        if name not in known:
            # Without what all of them begin with: that alone makes any two alike.
            near = difflib.get_close_matches(
                name.removeprefix(PREFIX), [each.removeprefix(PREFIX) for each in known], n=1
            )
            hint = f"did you mean {PREFIX}{near[0]}?" if near else f"known are {', '.join(sorted(known))}"
            raise Misconfigured(f"there is no setting {name}", pointer=name, fix=hint)
    values = {known[name]: _converted(name, value) for name, value in ours.items() if value != ""}
    settings = Settings(**values)
    for origin in sorted(settings.exempt):
        _require_origin(origin)
    proxies = ",".join(sorted(map(_address, settings.proxies)))
    _require_whole_provider(settings)
    for name in ("seal_anchors", "shacl_shapes"):
        _require_folder(PREFIX + name.upper(), getattr(settings, name))
    for name in ("terms_url", "privacy_url"):
        _require_page(PREFIX + name.upper(), getattr(settings, name))
    return msgspec.structs.replace(settings, public_url=_origin(settings.public_url), trusted_proxies=proxies)


def _require_whole_provider(settings: Settings) -> None:
    """An identity provider needs an address that is safe, and the name it knows us by."""
    issuer = settings.oidc_issuer
    if not issuer:
        return
    origin = _ORIGIN.match(issuer)
    host = urlsplit(origin[0]).netloc.partition(":")[0] if origin else ""
    safe = issuer.startswith("https://") or host in LOOPBACK
    if origin is None or not safe or not re.fullmatch(r"(?:/[\w.~/-]*)?", issuer[origin.end() :], re.ASCII):
        raise _impossible("GATEWAY_OIDC_ISSUER", issuer, "give its issuer identifier, https://accounts.example.org")
    if not settings.oidc_client_id:
        raise Misconfigured(
            "GATEWAY_OIDC_ISSUER is set and GATEWAY_OIDC_CLIENT_ID is not",
            pointer="GATEWAY_OIDC_CLIENT_ID",
            fix="register this gateway with the provider and set the client id that it gives",
        )


def _require_folder(variable: str, path: str) -> None:
    """Refuse a folder that is not there: whoever names one means to rely on it."""
    if path and not Path(path).is_dir():
        raise _impossible(variable, path, "give a folder that is there")


def _require_page(variable: str, url: str) -> None:
    """Refuse what is no address of a page: links on other people's consent pages lead there."""
    origin = _ORIGIN.match(url)
    host = urlsplit(origin[0]).netloc.partition(":")[0] if origin else ""
    safe = url.startswith("https://") or host in LOOPBACK
    if url and (origin is None or not safe or not re.fullmatch(r"(?:[/?][!-~]*)?", url[origin.end() :])):
        raise _impossible(variable, url, "give the whole address of the page, https://example.org/terms")


def _converted(variable: str, text: str) -> Any:
    kind = Settings.__annotations__[variable.removeprefix(PREFIX).lower()]
    if kind is Path:
        return Path(text)
    try:
        return msgspec.convert(text, kind, strict=False)
    except msgspec.ValidationError as error:
        # Either one of these words, or a type and the bounds that its description says in words.
        *words, last = get_args(kind)
        allowed = last.description if isinstance(last, msgspec.Meta) else f"one of {', '.join([*words, last])}"
        raise _impossible(variable, text, f"give {allowed}") from error


def _impossible(variable: str, text: str, fix: str) -> Misconfigured:
    return Misconfigured(f"{variable} cannot be {text!r}", pointer=variable, fix=fix)


def _listed(text: str) -> frozenset[str]:
    return frozenset(item.strip() for item in text.split(",") if item.strip())


def _require_origin(text: str) -> None:
    """Refuse what is no exact origin: a pattern, a host alone, an address with a path."""
    found = _ORIGIN.fullmatch(text.removesuffix("/"))
    if not found or int(found[2] or 1) not in range(1, MAX_PORT + 1) or not _is_address(found[1] or "::"):
        raise _impossible(
            "GATEWAY_EXEMPT_ORIGINS",
            text,
            "give scheme, host and port of each, comma separated: http://127.0.0.1:8001,https://badges.internal "
            "(international names in their xn-- form); there is no pattern for many",
        )


def _address(text: str) -> str:
    """An IP address as sockets write it."""
    if not _is_address(text):
        raise _impossible(
            "GATEWAY_TRUSTED_PROXIES",
            text,
            "give the IP address of each proxy, comma separated: 10.0.0.5,2001:db8::5; networks and patterns are not "
            "taken, because whoever is trusted decides whose rate limit counts",
        )
    return str(ipaddress.ip_address(text))


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _origin(url: str) -> str:
    """Normalise an origin: scheme and host, no path; https, or http on loopback."""
    if not url:
        return url
    try:
        parts = urlsplit(url)
        host = parts.netloc.removesuffix(f":{parts.port}") if parts.port else parts.netloc
    except ValueError:
        parts, host = urlsplit(""), ""
    bare = "@" not in host and not (parts.path.strip("/") or parts.query or parts.fragment)
    published = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    if not (host and bare and published):
        raise _impossible(
            "GATEWAY_PUBLIC_URL",
            url,
            "give scheme and host alone, https://badges.example.org; http only for 127.0.0.1 or localhost",
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"
