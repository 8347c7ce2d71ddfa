"""Every text of the pages of platforms, in English and French."""

import msgspec

from gateway.records.access import Role


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """The texts in one language; ``{…}`` is filled in, escaped."""

    platforms: str
    none: str
    role: str
    roles: dict[Role, str]
    lead: dict[Role, str]
    issuer: str
    for_tests: str
    keys: str
    keys_lead: str
    key_columns: tuple[str, ...]
    no_keys: str
    never: str
    revoke: str
    revoked: str
    expired: str
    until: str
    new_key: str
    name: str
    name_hint: str
    name_wrong: str
    may: str
    kinds: dict[Role, str]
    test_key: str
    make: str
    made: str
    made_lead: str
    back: str
    trail: str
    trail_columns: tuple[str, ...]
    nothing_done: str
    done: dict[str, str]


WORDS = {
    "en": Words(
        platforms="Your platforms",
        none="You are a member of no platform. An owner of one can add you by one of your addresses.",
        role="You are {role}.",
        roles={Role.OWNER: "an owner", Role.ISSUER: "an issuer", Role.READER: "a reader"},
        lead={
            Role.OWNER: "You can make and revoke its API keys.",
            Role.ISSUER: "What you issue goes through its programs; ask an owner for an API key.",
            Role.READER: "An owner can give you more rights.",
        },
        issuer="Name in what it issues",
        for_tests="for tests",
        keys="API keys",
        keys_lead="A key lets a program act for the platform. Revoke keys that nobody needs any more. When somebody is "
        "no owner any more, all keys end that they made.",
        key_columns=("Key", "Name", "Made", "By", "Last used", "State"),
        no_keys="There are no keys yet.",
        never="never",
        revoke="Revoke",
        revoked="revoked",
        expired="expired",
        until="until {date}",
        new_key="Make a key",
        name="What is it for?",
        name_hint="A name by which you will know it again.",
        name_wrong="Give it a name of at most 200 characters",
        may="What may it do?",
        kinds={
            Role.OWNER: "Everything, managing the platform too",
            Role.ISSUER: "Issue, revoke and read badges",
            Role.READER: "Read badges",
        },
        test_key="For tests only: what it issues says TEST and counts for nothing",
        make="Make the key",
        made="This is your new key",
        made_lead="Copy it now: it is shown this once and is stored nowhere.",
        back="Back to the platform",
        trail="What was done",
        trail_columns=("When (UTC)", "Who", "What", "To what"),
        nothing_done="Nothing was done yet.",
        done={"revoked": "The key was revoked."},
    ),
    "fr": Words(
        platforms="Vos plateformes",
        none="Vous n’êtes membre d’aucune plateforme. Un propriétaire peut vous ajouter par l’une de vos adresses.",
        role="Vous êtes {role}.",
        roles={Role.OWNER: "propriétaire", Role.ISSUER: "émetteur", Role.READER: "lecteur"},
        lead={
            Role.OWNER: "Vous pouvez créer et révoquer ses clés d’API.",
            Role.ISSUER: "Ce que vous émettez passe par ses programmes ; demandez une clé d’API à un propriétaire.",
            Role.READER: "Un propriétaire peut vous donner plus de droits.",
        },
        issuer="Nom dans ce qu’elle émet",
        for_tests="pour les tests",
        keys="Clés d’API",
        keys_lead="Une clé permet à un programme d’agir pour la plateforme. Révoquez celles qui ne servent plus. Quand "
        "quelqu’un n’est plus propriétaire, toutes les clés de sa création prennent fin.",
        key_columns=("Clé", "Nom", "Créée", "Par", "Dernier usage", "État"),
        no_keys="Il n’y a pas encore de clé.",
        never="jamais",
        revoke="Révoquer",
        revoked="révoquée",
        expired="expirée",
        until="jusqu’au {date}",
        new_key="Créer une clé",
        name="À quoi sert-elle ?",
        name_hint="Un nom auquel vous la reconnaîtrez.",
        name_wrong="Donnez-lui un nom de 200 caractères au plus",
        may="Que peut-elle faire ?",
        kinds={
            Role.OWNER: "Tout, et gérer la plateforme",
            Role.ISSUER: "Émettre, révoquer et lire des badges",
            Role.READER: "Lire des badges",
        },
        test_key="Pour les tests seulement : ce qu’elle émet porte TEST et n’a aucune valeur",
        make="Créer la clé",
        made="Voici votre nouvelle clé",
        made_lead="Copiez-la maintenant : elle n’est montrée qu’une fois et n’est conservée nulle part.",
        back="Retour à la plateforme",
        trail="Ce qui a été fait",
        trail_columns=("Quand (UTC)", "Qui", "Quoi", "Sur quoi"),
        nothing_done="Rien n’a encore été fait.",
        done={"revoked": "La clé a été révoquée."},
    ),
}
