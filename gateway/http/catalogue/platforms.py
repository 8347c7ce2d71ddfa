"""Problems with what a platform is, has and may do."""

from gateway.http.catalogue.entry import Entry, Told

PLATFORMS = {
    "taken": Entry(
        title_fr="Il y en a déjà un avec cet identifiant ou cette adresse",
        en=Told(
            cause="Something with this id or address exists: a platform, or a member of it.",
            fix="Choose another id, or change the one that is there.",
        ),
        fr=Told(
            cause="Quelque chose existe déjà avec cet identifiant ou cette adresse : une plateforme, ou l’un de ses "
            "membres.",
            fix="Choisissez un autre identifiant, ou modifiez ce qui existe.",
        ),
    ),
    "unusable-id": Entry(
        title_fr="Rien ne peut avoir un tel identifiant",
        en=Told(
            cause="The id has characters or a length that no platform or issuer here can have.",
            fix="Give a platform at most 40 of a-z, 0-9 and -; name an issuer by its address or its DID.",
        ),
        fr=Told(
            cause="L’identifiant a des caractères ou une longueur qu’aucune plateforme et aucun émetteur ne peuvent "
            "avoir ici.",
            fix="Donnez à une plateforme au plus 40 caractères parmi a-z, 0-9 et - ; nommez un émetteur par son "
            "adresse ou son DID.",
        ),
    ),
    "last-owner": Entry(
        title_fr="Une plateforme a besoin d’un propriétaire",
        en=Told(
            cause="This member is the last owner. Without an owner nobody could manage the platform any more.",
            fix="Make somebody else an owner first.",
        ),
        fr=Told(
            cause="Ce membre est le dernier propriétaire. Sans propriétaire, plus personne ne pourrait gérer la "
            "plateforme.",
            fix="Donnez d’abord ce rôle à quelqu’un d’autre.",
        ),
    ),
    "limit-raised": Entry(
        title_fr="Une plateforme ne peut pas élever ses propres limites",
        en=Told(
            cause="A platform may lower its limits by itself; only whoever runs the gateway raises them.",
            fix="Ask whoever runs the gateway, or leave the limit as it is.",
        ),
        fr=Told(
            cause="Une plateforme peut abaisser elle-même ses limites ; seule la personne qui exploite la passerelle "
            "les élève.",
            fix="Demandez à la personne qui exploite la passerelle, ou laissez la limite telle quelle.",
        ),
    ),
    "past-expiry": Entry(
        title_fr="Le moment où cela devrait finir est passé",
        en=Told(
            cause="What was asked for, such as a key, a link or an offer, would end before it begins.",
            fix="Give a time in the future, with its time zone, or leave it out.",
        ),
        fr=Told(
            cause="Ce qui a été demandé, comme une clé, un lien ou une offre, finirait avant de commencer.",
            fix="Donnez un moment à venir, avec son fuseau horaire, ou n’en donnez pas.",
        ),
    ),
    "too-far-ahead": Entry(
        title_fr="Le moment où cela devrait finir est trop éloigné",
        en=Told(
            cause="A link or an offer would hold for longer than anything of its kind does.",
            fix="Give an earlier end; `detail` says which one is the latest.",
        ),
        fr=Told(
            cause="Un lien ou une offre tiendrait plus longtemps que tout ce qui est de son genre.",
            fix="Donnez une fin plus proche ; `detail` dit laquelle est la plus tardive.",
        ),
    ),
    "outlives-maker": Entry(
        title_fr="Une clé ne donne rien qui lui survive",
        en=Told(
            cause="The API key that asks expires, and what it gives to others would end later than the key itself.",
            fix="Give an end that is no later than that of the key, or ask with a key that does not expire.",
        ),
        fr=Told(
            cause="La clé d’API qui demande expire, et ce qu’elle donne à d’autres finirait plus tard qu’elle.",
            fix="Donnez une fin qui n’est pas plus tardive que celle de la clé, ou demandez avec une clé qui n’expire "
            "pas.",
        ),
    ),
    "issue-limit": Entry(
        title_fr="La plateforme a émis autant qu’elle peut en un jour",
        en=Told(
            cause="Each form of a credential counts, and the platform has made as many today as its limit allows. "
            "Nothing was issued.",
            fix="Go on after the seconds of Retry-After, or ask whoever runs the gateway for a higher limit.",
        ),
        fr=Told(
            cause="Chaque forme d’un justificatif compte, et la plateforme en a fait aujourd’hui autant que sa limite "
            "le permet. Rien n’a été émis.",
            fix="Continuez quand les secondes de Retry-After sont passées, ou demandez une limite plus haute à la "
            "personne qui exploite la passerelle.",
        ),
    ),
    "issuer-not-accepted": Entry(
        title_fr="La plateforme ne convertit pas les badges de cet émetteur",
        en=Told(
            cause="The platform has a list of the issuers whose badges it converts, or of those whose badges it does "
            "not, and this issuer is kept out by it.",
            fix="Have an owner of the platform change its policy, or send the badge to a platform that takes it.",
        ),
        fr=Told(
            cause="La plateforme a une liste des émetteurs dont elle convertit les badges, ou de ceux qu’elle refuse, "
            "et cet émetteur en est écarté.",
            fix="Faites changer cette règle par un propriétaire de la plateforme, ou envoyez le badge à une plateforme "
            "qui le prend.",
        ),
    ),
    "too-many-webhooks": Entry(
        title_fr="La plateforme a autant de webhooks qu’elle peut en avoir",
        en=Told(
            cause="Every event is sent to every webhook, so their number is limited.",
            fix="Remove a webhook that is not needed any more, or spread events behind one endpoint of yours.",
        ),
        fr=Told(
            cause="Chaque événement est envoyé à chaque webhook ; leur nombre est donc limité.",
            fix="Retirez un webhook dont vous n’avez plus besoin, ou répartissez les événements derrière une seule "
            "adresse à vous.",
        ),
    ),
    "wrong-code": Entry(
        title_fr="Ce n’est pas le code qui a été envoyé au webhook",
        en=Told(
            cause="Whoever owns an endpoint is told a code there and gives it back, so that nobody has messages sent "
            "to strangers. This is another code.",
            fix="Give data.challenge of the newest message webhook.verification that the endpoint received.",
        ),
        fr=Told(
            cause="Qui possède une adresse y reçoit un code et le rend, pour que personne ne fasse envoyer des "
            "messages à des inconnus. Ceci est un autre code.",
            fix="Donnez data.challenge du plus récent message webhook.verification que l’adresse a reçu.",
        ),
    ),
    "webhook-inactive": Entry(
        title_fr="Rien n’est envoyé à ce webhook pour l’instant",
        en=Told(
            cause="The webhook has not been verified yet, was paused, or was switched off because its endpoint did not "
            "answer for long.",
            fix="Verify the webhook or activate it, then send again what is missing.",
        ),
        fr=Told(
            cause="Le webhook n’a pas encore été vérifié, a été mis en pause, ou a été arrêté parce que son adresse "
            "n’a longtemps pas répondu.",
            fix="Vérifiez le webhook ou activez-le, puis renvoyez ce qui manque.",
        ),
    ),
    "seal-unusable": Entry(
        title_fr="Il n’y a rien là-dedans qui puisse sceller",
        en=Told(
            cause="The file to import holds no private key with a certificate for seals that is valid now, the "
            "algorithm makes no seals, or the key that seals was imported and is not replaced by one that the gateway "
            "makes.",
            fix="Import a PKCS #12 or PEM file with the key and its valid certificate; for a key of the gateway's own "
            "making choose ES256 or RS256.",
        ),
        fr=Told(
            cause="Le fichier à importer ne contient pas de clé privée avec un certificat de cachet valable "
            "maintenant, l’algorithme ne fait pas de cachets, ou la clé qui scelle a été importée et n’est pas "
            "remplacée par une que fait la passerelle.",
            fix="Importez un fichier PKCS #12 ou PEM avec la clé et son certificat valable ; pour une clé faite par la "
            "passerelle, choisissez ES256 ou RS256.",
        ),
    ),
    "no-seal-identifier": Entry(
        title_fr="Personne n’a dit sous quel identifiant la plateforme scelle",
        en=Told(
            cause="An electronic seal names its owner by a registered identifier and a country, and this platform has "
            "neither. So nothing can be sealed for Europass.",
            fix="Set organisationId of the platform (PATCH /v1/platform), such as NTRFR-123456789, or have whoever "
            "runs the gateway set GATEWAY_SEAL_ORGANISATION_ID or import a certificate.",
        ),
        fr=Told(
            cause="Un cachet électronique nomme son propriétaire par un identifiant enregistré et un pays, et cette "
            "plateforme n’en a pas. Rien ne peut donc être scellé pour Europass.",
            fix="Donnez à la plateforme son organisationId (PATCH /v1/platform), comme NTRFR-123456789, ou faites "
            "régler GATEWAY_SEAL_ORGANISATION_ID ou importer un certificat par la personne qui exploite la passerelle.",
        ),
    ),
    "test-only": Entry(
        title_fr="Ceci est réservé aux clés de test",
        en=Told(
            cause="The test aids change clocks, upstream servers and messages of a platform's test twin, and a key of "
            "real operation was shown. Nothing was done.",
            fix="Use a key of the twin, which begins with bgk_test_; an owner makes one on the page of the platform, "
            "or whoever runs the gateway does (badge-gateway api-keys add --test).",
        ),
        fr=Told(
            cause="Les aides de test changent les horloges, les serveurs en amont et les messages du jumeau de test "
            "d’une plateforme, et une clé d’exploitation réelle a été montrée. Rien n’a été fait.",
            fix="Utilisez une clé du jumeau, qui commence par bgk_test_ ; un propriétaire en crée une sur la page de "
            "la plateforme, ou la personne qui exploite la passerelle le fait (badge-gateway api-keys add --test).",
        ),
    ),
}
