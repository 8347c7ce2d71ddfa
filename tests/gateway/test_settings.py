"""The environment is read once, strictly."""

import re
from pathlib import Path

import msgspec
import pytest

from gateway.errors import Misconfigured
from gateway.settings import SECRET, Settings, settings_from

README = Path(__file__).parents[2] / "README.md"


def test_without_variables_everything_has_its_default() -> None:
    assert settings_from({"PATH": "/bin", "GATEWAY_TEST_REDIS_URL": "redis://x"}) == Settings()


def test_a_switch_is_true_or_false() -> None:
    name = "GATEWAY_OID4VCI_ACCEPT_LEGACY_PROOFS"

    assert settings_from({name: "true"}).oid4vci_accept_legacy_proofs
    assert not settings_from({name: "false"}).oid4vci_accept_legacy_proofs


def test_a_misspelt_setting_is_refused_with_the_right_name() -> None:
    with pytest.raises(Misconfigured) as refused:
        settings_from({"GATEWAY_PUBLIC_ULR": "https://badges.example.org"})

    assert refused.value.fix == "did you mean GATEWAY_PUBLIC_URL?"


def test_what_all_settings_begin_with_makes_no_two_alike() -> None:
    with pytest.raises(Misconfigured) as refused:
        settings_from({"GATEWAY_FOO": "1"})

    assert refused.value.fix.startswith("known are GATEWAY_BACKPACK_BADGES, ")


@pytest.mark.parametrize(
    "variables",
    [
        {"GATEWAY_MAX_BODY_BYTES": "many"},
        {"GATEWAY_MAX_BODY_BYTES": "0"},
        {"GATEWAY_FETCH_TIMEOUT_S": "600"},
        {"GATEWAY_FETCH_TIMEOUT_S": "nan"},
        {"GATEWAY_VC_JWT_ALGORITHM": "none"},
        {"GATEWAY_OID4VCI_ACCEPT_LEGACY_PROOFS": "sometimes"},
        {"GATEWAY_PUBLIC_URL": "http://badges.example.org"},
        {"GATEWAY_PUBLIC_URL": "https://badges.example.org/path"},
        {"GATEWAY_PUBLIC_URL": "https://user@badges.example.org"},
        {"GATEWAY_PUBLIC_URL": "badges.example.org"},
        {"GATEWAY_PUBLIC_URL": "https://badges.example.org:port"},
        {"GATEWAY_PUBLIC_URL": "https://[::1"},
        {"GATEWAY_EXEMPT_ORIGINS": "*"},
        {"GATEWAY_EXEMPT_ORIGINS": "http://127.0.0.1:8001,https://*.example.org"},
        {"GATEWAY_EXEMPT_ORIGINS": "badges.example.org"},
        {"GATEWAY_EXEMPT_ORIGINS": "https://badges.example.org/path"},
        {"GATEWAY_EXEMPT_ORIGINS": "https://user@badges.example.org"},
        {"GATEWAY_EXEMPT_ORIGINS": "https://badges.example.org:99999"},
        {"GATEWAY_EXEMPT_ORIGINS": "https://[::1::2]"},
        {"GATEWAY_TRUSTED_PROXIES": "*"},
        {"GATEWAY_TRUSTED_PROXIES": "10.0.0.1,proxy.internal"},
        {"GATEWAY_TRUSTED_PROXIES": "10.0.0.0/8"},
        {"GATEWAY_OIDC_ISSUER": "http://accounts.example.org"},
        {"GATEWAY_TERMS_URL": "/terms"},
        {"GATEWAY_TERMS_URL": "javascript:alert(1)"},
        {"GATEWAY_PRIVACY_URL": "http://operator.example/privacy"},
        {"GATEWAY_PRIVACY_URL": "https://operator.example@evil.example/"},
        {"GATEWAY_PRIVACY_URL": "https://operator.example/a b"},
        {"GATEWAY_BACKPACK_BADGES": "0"},
        {"GATEWAY_SIGN_IN_LINKS_PER_HOUR": "0"},
        {"GATEWAY_OIDC_ISSUER": "accounts.example.org"},
        {"GATEWAY_SEAL_ORGANISATION_ID": "123456789"},
        {"GATEWAY_SEAL_ORGANISATION_ID": "NTRfr-123456789"},
        {"GATEWAY_SEAL_COUNTRY": "FRA"},
        {"GATEWAY_SEAL_TIME": "both"},
        {"GATEWAY_SEAL_ANCHORS": "/no/such/folder"},
        {"GATEWAY_ELM_VERSION": "3.3"},
        {"GATEWAY_ELM_COUNTRY": "fr"},
        {"GATEWAY_ELM_LANGUAGE": "French"},
        {"GATEWAY_SHACL_SHAPES": "/no/such/folder"},
        {"GATEWAY_OIDC_ISSUER": "https://user@accounts.example.org"},
        {"GATEWAY_OIDC_ISSUER": "https://accounts.example.org/?tenant=1"},
    ],
    ids=str,
)
def test_an_impossible_value_is_refused_with_its_name_and_what_is_allowed(variables: dict[str, str]) -> None:
    [(name, value)] = variables.items()

    with pytest.raises(Misconfigured) as refused:
        settings_from(variables)

    assert refused.value.reason.startswith(f"{name} cannot be '")
    assert refused.value.reason.split("'")[1] in value
    assert refused.value.pointer == name
    assert refused.value.fix.startswith("give ")


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("GATEWAY_VC_JWT_ALGORITHM", "give one of ES256, RS256, EdDSA"),
        ("GATEWAY_MAX_BODY_BYTES", "give a whole number above 0"),
        ("GATEWAY_FETCH_TIMEOUT_S", "give seconds, above 0 and at most 60"),
    ],
)
def test_what_a_setting_may_be_is_said_in_words(name: str, allowed: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        settings_from({name: "none"})

    assert refused.value.fix == allowed


@pytest.mark.parametrize(
    ("url", "development"),
    [
        ("https://badges.example.org", False),
        ("https://badges.example.org:8443/", False),
        ("http://127.0.0.1:8000", True),
        ("http://localhost", True),
        ("http://[::1]:8000", True),
    ],
)
def test_an_origin_is_taken_and_http_means_development(url: str, development: bool) -> None:
    settings = settings_from({"GATEWAY_PUBLIC_URL": url})

    assert settings.public_url == url.rstrip("/")
    assert settings.development is development


def test_exact_origins_and_addresses_are_taken_as_they_are_compared() -> None:
    settings = settings_from(
        {
            "GATEWAY_EXEMPT_ORIGINS": "http://127.0.0.1:8001, https://Badges.internal/,http://[::1]:80",
            "GATEWAY_TRUSTED_PROXIES": "10.0.0.1, 2001:DB8:0::5",
        }
    )

    assert settings.exempt == {"http://127.0.0.1:8001", "https://Badges.internal/", "http://[::1]:80"}
    assert settings.proxies == {"10.0.0.1", "2001:db8::5"}


def test_the_readme_names_every_setting_and_no_other() -> None:
    named = set(re.findall(r"^\| `(GATEWAY_\w+)`", README.read_text(), re.MULTILINE))

    assert named == {"GATEWAY_" + name.upper() for name in Settings.__struct_fields__}


def test_a_provider_is_taken_with_a_path_and_its_client_id() -> None:
    variables = {"GATEWAY_OIDC_ISSUER": "https://accounts.example.org/realms/one", "GATEWAY_OIDC_CLIENT_ID": "gateway"}

    assert settings_from(variables).oidc_issuer == "https://accounts.example.org/realms/one"


def test_a_provider_without_a_client_id_is_refused() -> None:
    with pytest.raises(Misconfigured) as refused:
        settings_from({"GATEWAY_OIDC_ISSUER": "https://accounts.example.org"})

    assert refused.value.pointer == "GATEWAY_OIDC_CLIENT_ID"


@pytest.mark.parametrize("name", sorted(SECRET))
def test_a_secret_setting_is_not_shown(name: str) -> None:
    shown = repr(msgspec.structs.replace(Settings(), **{name: "hidden-value"}))

    assert f"{name}=…" in shown
    assert "hidden-value" not in shown
