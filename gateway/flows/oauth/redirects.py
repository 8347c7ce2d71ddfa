"""Where a browser may be sent: which redirect URIs are registered, which match, and what is written into them."""

import re
from collections.abc import Mapping
from urllib.parse import quote

MAX_CHARACTERS = 2000
MAX_PORT = 65535

# Visible ASCII without what is not allowed in a URI (RFC 3986 appendix A), without the backslash, which browsers read
# as a slash, the star, by which clients mean a pattern, and the hash sign: RFC 6749 section 3.1.2 forbids fragments.
_CHARACTERS = re.compile(r"[!$-)+-;=?-\[\]_a-z~]+")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_PORT = r"(?::(?P<port>[0-9]{1,5}))?"
_WEB = re.compile(rf"https://(?P<host>{_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]+\]){_PORT}(?:[/?].*)?")
_LOOPBACK = re.compile(rf"(?P<host>http://(?:127\.0\.0\.1|\[::1\])){_PORT}(?P<rest>(?:[/?].*)?)")
_LOCALHOST = re.compile(rf"http://localhost{_PORT}(?:[/?].*)?")
# A scheme of an application's own, made of a domain name of its maker's (RFC 8252 section 7.1). The dot keeps out
# javascript:, data: and everything else that a browser runs by itself.
_PRIVATE_USE = re.compile(r"[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+:/{1,2}[^@/]*(?:/[^@]*)?")


def fault(uri: str, *, public: bool, development: bool) -> str:
    """Why ``uri`` cannot be registered, "" when it can.

    Args:
        public: Whether the client is one without a secret, as programs on people's own machines are.
        development: Whether this gateway itself is served on loopback, for trying things out.

    Source: RFC 6749 section 3.1.2; RFC 8252 sections 7 and 8.3; RFC 9700 section 4.1.3.
    """
    if len(uri) > MAX_CHARACTERS:
        return f"it has more than {MAX_CHARACTERS} characters"
    if not _CHARACTERS.fullmatch(uri):
        return "it has characters that no redirect URI may have (fragment, wildcard, backslash, space, control)"
    loopback = _LOOPBACK.fullmatch(uri)
    web = _WEB.fullmatch(uri) or loopback or (development and _LOCALHOST.fullmatch(uri))
    if web and int(web["port"] or 1) not in range(1, MAX_PORT + 1):
        return "there is no such port"
    if loopback and not (public or development):
        return "http on loopback is for public clients (token_endpoint_auth_method none)"
    if web or (public and _PRIVATE_USE.fullmatch(uri)):
        return ""
    return (
        "it is neither https without user information nor, for public clients, http on 127.0.0.1 or [::1] or a "
        "scheme of an application with a dot in it"
    )


def host(uri: str) -> str:
    """The host of an https address in lower case; "" of what is no well-formed https address."""
    found = _WEB.fullmatch(uri) if _CHARACTERS.fullmatch(uri) else None
    return found["host"].lower() if found else ""


def matches(registered: str, asked: str) -> bool:
    """Whether a client that registered one address may be answered at another one.

    Character by character (RFC 9700 section 4.1.3). On loopback the port may differ, because a native program takes
    whichever is free (RFC 8252 section 7.3).
    """
    if registered == asked:
        return True
    ours, theirs = _LOOPBACK.fullmatch(registered), _LOOPBACK.fullmatch(asked)
    same = ours and theirs and ours.group("host", "rest") == theirs.group("host", "rest")
    return bool(same) and bool(_CHARACTERS.fullmatch(asked)) and len(asked) <= MAX_CHARACTERS


def answered(redirect_uri: str, parameters: Mapping[str, str]) -> str:
    """The address of an answer: the redirect URI with its own query kept (RFC 6749 section 3.1.2) and these added.

    Args:
        parameters: Texts whose characters stand for bytes (Latin-1), so that ``state`` returns byte for byte; empty
            ones are left out.
    """
    added = "&".join(
        f"{name}={quote(value, safe='', encoding='latin-1')}" for name, value in parameters.items() if value
    )
    joint = "" if redirect_uri.endswith(("?", "&")) else "&" if "?" in redirect_uri else "?"
    return f"{redirect_uri}{joint}{added}"


def source(uri: str) -> str:
    """What a Content-Security-Policy has to allow for a form whose answer leads to ``uri``: an origin or a scheme.

    Source: Content Security Policy 3 section 2.3.1; Chromium applies form-action to redirects too.
    """
    scheme, _, rest = uri.partition(":")
    if scheme not in ("https", "http"):
        return f"{scheme}:"
    authority = re.split("[/?]", rest.removeprefix("//"), maxsplit=1)[0]
    # A policy cannot name an IPv6 address.
    return f"{scheme}:" if authority.startswith("[") else f"{scheme}://{authority}"


def is_web(uri: str) -> bool:
    """Whether an address that a client registered leads to the web, and so may be a link."""
    return uri.startswith(("https://", "http://")) and not fault(uri, public=True, development=True)
