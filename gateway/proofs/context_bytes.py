"""SHA-256 of the bytes under which each pinned context was published, for credentials that fix them by digest.

The bodies that ship here are equal to these as JSON, which is what their meaning depends on, and not byte for byte.
1EdTech has published the same JSON in several spellings: each counts.
"""

from collections.abc import Mapping

_OPEN_BADGES_3 = "https://purl.imsglobal.org/spec/ob/v3p0/"

PUBLISHED: Mapping[str, frozenset[str]] = {
    "https://www.w3.org/ns/credentials/v2": frozenset(
        {"59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"}
    ),
    "https://www.w3.org/2018/credentials/v1": frozenset(
        {
            "ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc",
            "3d0b277522ed24385c850b9882b9688687189b8f37a9bd9f1577e348b1019c44",
        }
    ),
    f"{_OPEN_BADGES_3}context.json": frozenset({"b077fa134d909d92c1dcd1c153f2af1b244aeb415967fdc1467d7fc5dd48ac10"}),
    f"{_OPEN_BADGES_3}context-3.0.1.json": frozenset(
        {
            "d582f3564282fb3b709136d28412e78e70b678b4dbc2f0221f67d84932748355",
            "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571",
            "cfc147db5fd5e3575b06bd471fe04784e92de69296f64a351b8dff0ec3372e9c",
        }
    ),
    f"{_OPEN_BADGES_3}context-3.0.2.json": frozenset(
        {
            "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
            "bba433989e1e700ca60838a3c22378e7d8381aeb0c9590f9ddf84d1714f10296",
        }
    ),
    f"{_OPEN_BADGES_3}context-3.0.3.json": frozenset(
        {
            "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
            "ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761",
        }
    ),
    f"{_OPEN_BADGES_3}extensions.json": frozenset(
        {
            "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
            "146f85aa16effd7ca1da8056eb443f53ce1eca8a34186cb062832c0a97d889c3",
        }
    ),
    "https://w3id.org/security/data-integrity/v1": frozenset(
        {"c6e5073f4bd4bf6d08f245736e6f32c29b012860b18583644b2d71e1de862669"}
    ),
    "https://w3id.org/security/data-integrity/v2": frozenset(
        {"67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4"}
    ),
    "https://w3id.org/security/suites/ed25519-2020/v1": frozenset(
        {"3db5c19efb0047a6edfd3b36e24346a8a3caad369d749e3c2d69e862696403e5"}
    ),
    "https://w3id.org/security/multikey/v1": frozenset(
        {"ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597"}
    ),
    "http://data.europa.eu/snb/model/context/edc-ap": frozenset(
        {
            "528f8a0e86dbbec7db2216c61806e6311feedac77a51d1a38b0a1d49e4c337fb",
            "fde0b3fd92e98a8870c173fb98baff361be6dd07e44653a9a5ac6c0fe626b411",
        }
    ),
    "https://w3id.org/vc/status-list/2021/v1": frozenset(
        {"6dd06a52bedb771e059c1083ba8ba7848dce22f6b4a8cfa0b98ba3fc188870e4"}
    ),
}
