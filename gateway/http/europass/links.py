"""Where the answers of the Europass-style interface lead."""

from gateway.http.onward import BODY, PATH, Links, Onward, to

DEPOSIT = ("showDeposit", "verifyDeposit", "shareDeposit", "removeDeposit")
WALLET = ("showWallet", "listDeposits", "depositCredential", "removeWallet")
SHARED = ("showShared", "showSharedDetails", "downloadShared", "showSharedPicture", "verifyShared")


def _of_deposit(entry: str) -> tuple[Onward, ...]:
    user_id = f"{entry}/userId"
    return (*to(*DEPOSIT, user_id=user_id, uuid=f"{entry}/uuid"), *to("showWallet", "listDeposits", user_id=user_id))


LINKS: Links = {
    "makeWallet": to(*WALLET, user_id=f"{BODY}/userId"),
    "showWallet": to("listDeposits", "depositCredential", "removeWallet", user_id=f"{BODY}/userId"),
    "depositCredential": _of_deposit(BODY),
    "depositCredentialByEmail": _of_deposit(BODY),
    "sealAndSendCredential": _of_deposit(BODY),
    "listDeposits": to(*DEPOSIT, user_id=f"{PATH}.user_id", uuid=f"{BODY}/0/uuid"),
    "showDeposit": to("verifyDeposit", "shareDeposit", user_id=f"{PATH}.user_id", uuid=f"{PATH}.uuid"),
    "verifyDeposit": to("showDeposit", "shareDeposit", user_id=f"{PATH}.user_id", uuid=f"{PATH}.uuid"),
    "shareDeposit": to(*SHARED, "endShareLink", share_hash=f"{BODY}/shareHash"),
    "showShared": to("downloadShared", "verifyShared", share_hash=f"{PATH}.share_hash"),
}
"""From a wallet to what lies in it, and from that to who sees it."""
