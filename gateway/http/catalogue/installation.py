"""Problems that whoever runs the gateway puts right."""

from gateway.http.catalogue.entry import Entry, Told

INSTALLATION = {
    "unavailable": Entry(
        title_fr="Une partie de la passerelle ne répond pas en ce moment",
        en=Told(
            cause="The database, the shared cache, the mail server or the keys did not answer in time, or too much is "
            "under way at once. Nothing was half done.",
            fix="Try again after the seconds of Retry-After, with the same Idempotency-Key where one was sent. Whoever "
            "runs the gateway sees the part at fault at /readyz.",
        ),
        fr=Told(
            cause="La base de données, le cache partagé, le serveur de courrier ou les clés n’ont pas répondu à temps, "
            "ou trop de choses sont en cours. Rien n’a été fait à moitié.",
            fix="Réessayez après les secondes de Retry-After, avec la même Idempotency-Key s’il y en avait une. La "
            "personne qui exploite la passerelle voit la partie en cause à /readyz.",
        ),
    ),
    "no-mail": Entry(
        title_fr="La passerelle n’a pas de serveur de courrier : personne ne peut se connecter par courriel",
        en=Told(
            cause="Links to sign in are mailed, and no mail server is set.",
            fix="Whoever runs the gateway sets GATEWAY_SMTP_URL to a mail server.",
        ),
        fr=Told(
            cause="Les liens de connexion s’envoient par courriel, et aucun serveur de courrier n’est réglé.",
            fix="La personne qui exploite la passerelle règle GATEWAY_SMTP_URL sur un serveur de courrier.",
        ),
    ),
    "misconfigured": Entry(
        title_fr="La passerelle n’est pas réglée pour cela",
        en=Told(
            cause="A setting has a value that cannot be, or the gateway is served in a way in which this is not "
            "possible; `pointer` names the setting.",
            fix="Whoever runs the gateway changes the setting as `fix` says and starts it again.",
        ),
        fr=Told(
            cause="Un réglage a une valeur impossible, ou la passerelle est servie d’une façon qui ne le permet pas ; "
            "`pointer` nomme le réglage.",
            fix="La personne qui exploite la passerelle change le réglage comme le dit `fix` et la redémarre.",
        ),
    ),
    "no-public-address": Entry(
        title_fr="La passerelle n’a pas d’adresse publique, elle n’émet donc rien",
        en=Told(
            cause="What is issued names the gateway's address for good, and GATEWAY_PUBLIC_URL is not set.",
            fix="Whoever runs the gateway sets GATEWAY_PUBLIC_URL to the https origin under which it is served; on "
            "one's own machine http://127.0.0.1:8000 will do.",
        ),
        fr=Told(
            cause="Ce qui est émis nomme l’adresse de la passerelle pour toujours, et GATEWAY_PUBLIC_URL n’est pas "
            "réglé.",
            fix="La personne qui exploite la passerelle règle GATEWAY_PUBLIC_URL sur l’origine https sous laquelle "
            "elle est servie ; sur sa propre machine, http://127.0.0.1:8000 suffit.",
        ),
    ),
    "key-missing": Entry(
        title_fr="La passerelle n’a pas de clé pour signer cela",
        en=Told(
            cause="No active key of the platform has this purpose and algorithm, or the imported certificate of its "
            "seal has ended.",
            fix="Whoever runs the gateway makes a key (badge-gateway keys rotate) or imports the certificate that "
            "follows (badge-gateway keys import).",
        ),
        fr=Told(
            cause="Aucune clé active de la plateforme n’a cet usage et cet algorithme, ou le certificat importé de son "
            "cachet a pris fin.",
            fix="La personne qui exploite la passerelle crée une clé (badge-gateway keys rotate) ou importe le "
            "certificat suivant (badge-gateway keys import).",
        ),
    ),
    "seal-broken": Entry(
        title_fr="Ce que la passerelle a fait ne se vérifie pas, elle ne l’a donc pas remis",
        en=Told(
            cause="Everything that is signed is verified before it leaves, and this did not pass. Nothing was "
            "released; the log says which check failed.",
            fix="Report it to whoever runs the gateway. Repeating the request is safe, and does not help before the "
            "fault is mended.",
        ),
        fr=Told(
            cause="Tout ce qui est signé est vérifié avant de sortir, et ceci n’a pas passé. Rien n’a été remis ; le "
            "journal dit quelle vérification a échoué.",
            fix="Signalez-le à la personne qui exploite la passerelle. Répéter la requête est sans danger, mais n’aide "
            "pas avant que la faute soit réparée.",
        ),
    ),
    "internal": Entry(
        title_fr="La passerelle a fait une erreur, qui est dans son journal",
        en=Told(
            cause="Something happened that should not. The answer says nothing more, because the details could be "
            "somebody's secrets.",
            fix="Report the time of the request to whoever runs the gateway; the log has the rest.",
        ),
        fr=Told(
            cause="Il s’est passé quelque chose qui ne devrait pas. La réponse n’en dit pas plus, car les détails "
            "pourraient être des secrets de quelqu’un.",
            fix="Signalez l’heure de la requête à la personne qui exploite la passerelle ; le journal a le reste.",
        ),
    ),
    "usage": Entry(
        title_fr="La commande ne peut pas être comprise ainsi",
        en=Told(
            cause="A command was given arguments that contradict each other, name nothing that there is, or cannot be "
            "read. Only commands say this, never an answer over HTTP.",
            fix="Look at `pointer` for the argument and at `fix` for how to give it; badge-gateway COMMAND --help "
            "shows them all.",
        ),
        fr=Told(
            cause="Une commande a reçu des arguments qui se contredisent, ne nomment rien qui existe ou ne peuvent pas "
            "être lus. Seules les commandes le disent, jamais une réponse HTTP.",
            fix="Regardez `pointer` pour l’argument et `fix` pour la façon de le donner ; badge-gateway COMMANDE "
            "--help les montre tous.",
        ),
    ),
}
