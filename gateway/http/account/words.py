"""Every text of the account's pages, in English and French."""

import msgspec

from gateway.flows.sign_in import LinkState


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """The texts in one language; ``{…}`` is filled in, escaped."""

    navigation: str
    places: dict[str, str]
    sign_out: str
    error_title: str
    problem: str
    sign_in: str
    sign_in_lead: str
    address: str
    address_hint: str
    address_wrong: str
    send_link: str
    other_way: str
    provider: str
    sent: str
    sent_lead: str
    sent_advice: str
    sent_terminal: str
    sign_in_as: str
    sign_in_button: str
    add_address_title: str
    add_address_lead: str
    add_address_button: str
    other_browser: str
    link_over: dict[LinkState, str]
    link_over_title: str
    ask_again: str
    signed_in: str
    signed_in_lead: str
    go_on: str
    account: str
    account_lead: str
    addresses: str
    addresses_lead: str
    since: str
    remove: str
    last_address: str
    add_address: str
    add_address_hint: str
    language: str
    language_lead: str
    save: str
    sessions: str
    sessions_lead: str
    sign_out_everywhere: str
    done: dict[str, str]


WORDS = {
    "en": Words(
        navigation="Your account",
        places={
            "/account": "Account",
            "/backpack": "Backpack",
            "/account/applications": "Applications",
            "/account/platforms": "Platforms",
        },
        sign_out="Sign out",
        error_title="Error: {title}",
        problem="There is a problem",
        sign_in="Sign in",
        sign_in_lead="You need no password: a link to sign in is mailed to you. Whoever signs in for the first time "
        "gets an account.",
        address="E-mail address",
        address_hint="An address to which badges were issued to you is best.",
        address_wrong="Enter an e-mail address, such as learner@example.org",
        send_link="Mail me a link",
        other_way="or",
        provider="Sign in with {host}",
        sent="Look into your mailbox",
        sent_lead="If mail reaches {address}, a link is on its way there. Open it within 15 minutes, in this browser "
        "if you can.",
        sent_advice="Nothing there? Look into the folder for unwanted mail, or check the address and ask again. When "
        "one link was used, the others are void.",
        sent_terminal="Development: no mail server is set, so the link is shown on the terminal where the gateway "
        "runs.",
        sign_in_as="Sign in as {address}",
        sign_in_button="Sign in",
        add_address_title="Add {address}",
        add_address_lead="Badges that were issued to this address will be found as yours.",
        add_address_button="Add this address",
        other_browser="This link was asked for in another browser. Go on only if you asked for it yourself.",
        link_over={
            LinkState.USED: "It, or another one to the same address, was used already; a link works once.",
            LinkState.EXPIRED: "It is older than 15 minutes.",
            LinkState.UNKNOWN: "It was copied incompletely, or is long over.",
        },
        link_over_title="This link is of no use any more",
        ask_again="Ask for a new link",
        signed_in="You are signed in",
        signed_in_lead="In a moment you get to where you wanted to go.",
        go_on="Go on",
        account="Your account",
        account_lead="Your badges are in the {backpack}.",
        addresses="Your addresses",
        addresses_lead="A badge is yours when it was issued to one of these. You can sign in with each of them.",
        since="since {date}",
        remove="Remove",
        last_address="The last address cannot be removed: without it you could not sign in any more.",
        add_address="Add another address",
        add_address_hint="A link is mailed to it; open it in this browser.",
        language="Language",
        language_lead="Of these pages and of mails to you.",
        save="Save",
        sessions="Other devices",
        sessions_lead="Signed in on a device that is not yours, or lost one? This ends every session, this one too.",
        sign_out_everywhere="Sign out everywhere",
        done={
            "added": "The address was added.",
            "removed": "The address was removed.",
            "language": "The language was saved.",
        },
    ),
    "fr": Words(
        navigation="Votre compte",
        places={
            "/account": "Compte",
            "/backpack": "Sac à badges",
            "/account/applications": "Applications",
            "/account/platforms": "Plateformes",
        },
        sign_out="Se déconnecter",
        error_title="Erreur : {title}",
        problem="Il y a un problème",
        sign_in="Se connecter",
        sign_in_lead="Il ne faut pas de mot de passe : un lien de connexion vous est envoyé par courriel. La "
        "première connexion crée un compte.",
        address="Adresse électronique",
        address_hint="De préférence une adresse à laquelle des badges vous ont été délivrés.",
        address_wrong="Saisissez une adresse électronique, par exemple learner@example.org",
        send_link="M’envoyer un lien",
        other_way="ou",
        provider="Se connecter avec {host}",
        sent="Consultez votre boîte aux lettres",
        sent_lead="Si le courrier arrive à {address}, un lien y est en route. Ouvrez-le dans les 15 minutes, si "
        "possible dans ce navigateur.",
        sent_advice="Rien reçu ? Regardez parmi les indésirables, ou vérifiez l’adresse et redemandez un lien. "
        "Dès qu’un lien a servi, les autres sont annulés.",
        sent_terminal="Développement : aucun serveur de courrier n’est réglé, le lien s’affiche donc dans le "
        "terminal où tourne la passerelle.",
        sign_in_as="Se connecter en tant que {address}",
        sign_in_button="Se connecter",
        add_address_title="Ajouter {address}",
        add_address_lead="Les badges délivrés à cette adresse seront reconnus comme les vôtres.",
        add_address_button="Ajouter cette adresse",
        other_browser="Ce lien a été demandé dans un autre navigateur. Ne continuez que si vous l’avez demandé "
        "vous-même.",
        link_over={
            LinkState.USED: "Ce lien, ou un autre à la même adresse, a déjà servi ; un lien ne sert qu’une fois.",
            LinkState.EXPIRED: "Il a plus de 15 minutes.",
            LinkState.UNKNOWN: "Il a été copié incomplètement, ou il est dépassé depuis longtemps.",
        },
        link_over_title="Ce lien ne sert plus",
        ask_again="Demander un nouveau lien",
        signed_in="Vous êtes connecté",
        signed_in_lead="Dans un instant, vous arrivez là où vous vouliez aller.",
        go_on="Continuer",
        account="Votre compte",
        account_lead="Vos badges sont dans le {backpack}.",
        addresses="Vos adresses",
        addresses_lead="Un badge est le vôtre s’il a été délivré à l’une d’elles. Chacune permet de se connecter.",
        since="depuis le {date}",
        remove="Retirer",
        last_address="La dernière adresse ne peut pas être retirée : sans elle, vous ne pourriez plus vous connecter.",
        add_address="Ajouter une autre adresse",
        add_address_hint="Un lien y est envoyé ; ouvrez-le dans ce navigateur.",
        language="Langue",
        language_lead="De ces pages et des courriels qui vous sont envoyés.",
        save="Enregistrer",
        sessions="Autres appareils",
        sessions_lead="Connecté sur un appareil qui n’est pas le vôtre, ou appareil perdu ? Ceci met fin à toutes "
        "les sessions, celle-ci comprise.",
        sign_out_everywhere="Se déconnecter partout",
        done={
            "added": "L’adresse a été ajoutée.",
            "removed": "L’adresse a été retirée.",
            "language": "La langue a été enregistrée.",
        },
    ),
}
