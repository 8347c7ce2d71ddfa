"""Every scene, by the code that it brings about, area by area."""

from tests.gateway.http.problems import (
    badges,
    credentials,
    europass,
    installation,
    oauth,
    people,
    platforms,
    requests,
    wallets,
)
from tests.gateway.http.problems.scene import Scene

AREAS: dict[str, dict[str, Scene]] = {
    "requests": requests.SCENES.all,
    "badges": badges.SCENES.all,
    "credentials": credentials.SCENES.all,
    "platforms": platforms.SCENES.all,
    "people": people.SCENES.all,
    "oauth": oauth.SCENES.all,
    "wallets": wallets.SCENES.all,
    "europass": europass.SCENES.all,
    "installation": installation.SCENES.all,
}
