"""The words of the pages on which people authorise applications, in English and French."""

import msgspec

from gateway.flows.oauth.scopes import PersonScope


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """Every text of these pages in one language; texts with braces take what stands in them.

    Attributes:
        may: What a scope allows, in words that finish "It may …".
    """

    title: str
    asks: str
    answer_goes_to: str
    here: str
    on_device: str
    may_do: str
    as_whom: str
    not_you: str
    not_checked: str
    mixed: str
    allow: str
    deny: str
    terms: str
    privacy: str
    home: str
    until: str
    may: dict[str, str]
    applications: str
    none: str
    since: str
    revoke: str
    revoke_of: str
    revoked: str
    refused: dict[str, tuple[str, str]]


_ENGLISH_SCOPES = {
    PersonScope.READ_CREDENTIALS: "see your badges (Open Badges 3.0)",
    PersonScope.UPSERT_CREDENTIALS: "add badges to yours, and replace those that it added (Open Badges 3.0)",
    PersonScope.READ_PROFILE: "see your profile: the addresses that you have shown to be yours",
    PersonScope.UPDATE_PROFILE: "change what your profile says of you",
    PersonScope.READ_ASSERTIONS: "see your badges (Open Badges 2.0)",
    PersonScope.CREATE_ASSERTIONS: "add badges to yours (Open Badges 2.0)",
    PersonScope.READ_BADGE_CONNECT_PROFILE: "see your profile (Badge Connect)",
    PersonScope.UPDATE_BADGE_CONNECT_PROFILE: "add to your profile (Badge Connect)",
    PersonScope.OFFLINE: "do so while you are away, until you revoke it",
}
_FRENCH_SCOPES = {
    PersonScope.READ_CREDENTIALS: "voir vos badges (Open Badges 3.0)",
    PersonScope.UPSERT_CREDENTIALS: "ajouter des badges aux vôtres et remplacer ceux qu’elle a ajoutés "
    "(Open Badges 3.0)",
    PersonScope.READ_PROFILE: "voir votre profil : les adresses dont vous avez montré qu’elles sont à vous",
    PersonScope.UPDATE_PROFILE: "modifier ce que votre profil dit de vous",
    PersonScope.READ_ASSERTIONS: "voir vos badges (Open Badges 2.0)",
    PersonScope.CREATE_ASSERTIONS: "ajouter des badges aux vôtres (Open Badges 2.0)",
    PersonScope.READ_BADGE_CONNECT_PROFILE: "voir votre profil (Badge Connect)",
    PersonScope.UPDATE_BADGE_CONNECT_PROFILE: "compléter votre profil (Badge Connect)",
    PersonScope.OFFLINE: "le faire en votre absence, jusqu’à ce que vous le révoquiez",
}

WORDS = {
    "en": Words(
        title="Allow {name}?",
        asks="An application that calls itself {name} asks for access to your badges.",
        answer_goes_to="Your answer goes to",
        here="a program on this computer ({address})",
        on_device="an application on this device ({address})",
        may_do="If you allow it, it may",
        as_whom="You are signed in as {address}.",
        not_you="Not you? Sign in as somebody else",
        not_checked="Its name is what it says of itself; nobody has checked it. Go on only if you have just come from "
        "there and know the address above.",
        mixed="(letters of several scripts that look alike: judge by the address below)",
        allow="Allow",
        deny="Deny",
        terms="Its terms of use",
        privacy="Its privacy policy",
        home="About it",
        until="You can revoke it at any time under “Applications” in your account.",
        may={str(scope): said for scope, said in _ENGLISH_SCOPES.items()},
        applications="Applications",
        none="You have not authorised any application.",
        since="Authorised on {date}",
        revoke="Revoke",
        revoke_of="Revoke the access of {name}",
        revoked="{name} can do nothing with your badges any more.",
        refused={
            "unknown-client": (
                "This application cannot be connected",
                (
                    "What sent you here is not registered with this gateway, or asked for an answer at an address that "
                    "it did not register. Nothing was sent to it. Go back to it and begin again; if this page comes "
                    "again, tell whoever runs it."
                ),
            ),
            "question-expired": (
                "This question is closed",
                (
                    "It was answered before, it is more than ten minutes old, or you have signed in anew since. Go "
                    "back to the application and begin again."
                ),
            ),
            "not-for-wallets": (
                "This badge cannot be put into a wallet",
                (
                    "It no longer holds, this cannot be found out now, or no wallet could read it. Nothing was given "
                    "to the wallet. Go back to it, begin again and choose another badge; your backpack says what is "
                    "wrong with this one."
                ),
            ),
            "foreign-form": (
                "This answer did not come from our page",
                "Nothing was allowed. Go back to the application and begin again.",
            ),
            "": ("This request cannot be served", "Go back to the application and begin again."),
        },
    ),
    "fr": Words(
        title="Autoriser {name} ?",
        asks="Une application qui se nomme {name} demande l’accès à vos badges.",
        answer_goes_to="Votre réponse est envoyée à",
        here="un programme sur cet ordinateur ({address})",
        on_device="une application sur cet appareil ({address})",
        may_do="Si vous l’autorisez, elle pourra",
        as_whom="Vous êtes connecté en tant que {address}.",
        not_you="Ce n’est pas vous\u00a0? Connectez-vous autrement",
        not_checked="Son nom est celui qu’elle se donne ; personne ne l’a vérifié. Ne continuez que si vous en venez "
        "à l’instant et si vous connaissez l’adresse ci-dessus.",
        mixed="(des lettres de plusieurs écritures qui se ressemblent : fiez-vous à l’adresse ci-dessous)",
        allow="Autoriser",
        deny="Refuser",
        terms="Ses conditions d’utilisation",
        privacy="Sa politique de confidentialité",
        home="À son sujet",
        until="Vous pouvez révoquer cet accès à tout moment sous « Applications » dans votre compte.",
        may={str(scope): said for scope, said in _FRENCH_SCOPES.items()},
        applications="Applications",
        none="Vous n’avez autorisé aucune application.",
        since="Autorisée le {date}",
        revoke="Révoquer",
        revoke_of="Révoquer l’accès de {name}",
        revoked="{name} ne peut plus rien faire de vos badges.",
        refused={
            "unknown-client": (
                "Cette application ne peut pas être reliée",
                (
                    "Ce qui vous a envoyé ici n’est pas enregistré auprès de cette passerelle, ou demande une réponse "
                    "à une adresse qui n’est pas enregistrée. Rien ne lui a été envoyé. Retournez-y et recommencez ; "
                    "si cette page revient, dites-le à qui l’exploite."
                ),
            ),
            "question-expired": (
                "Cette question est close",
                (
                    "Elle a déjà reçu une réponse, elle a plus de dix minutes, ou vous vous êtes reconnecté depuis. "
                    "Retournez à l’application et recommencez."
                ),
            ),
            "not-for-wallets": (
                "Ce badge ne peut pas être mis dans un portefeuille",
                (
                    "Il n’est plus valable, cela ne peut pas être établi en ce moment, ou aucun portefeuille ne "
                    "saurait le lire. Rien n’a été remis au portefeuille. Retournez-y, recommencez et choisissez un "
                    "autre badge ; vos badges disent ce qui ne va pas avec celui-ci."
                ),
            ),
            "foreign-form": (
                "Cette réponse ne vient pas de notre page",
                "Rien n’a été autorisé. Retournez à l’application et recommencez.",
            ),
            "": (
                "Cette demande ne peut pas être traitée",
                "Retournez à l’application et recommencez.",
            ),
        },
    ),
}
