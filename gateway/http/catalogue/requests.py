"""Problems with a request as such: its address, parameters, body, key and pace."""

from gateway.http.catalogue.entry import Entry, Told

REQUESTS = {
    "bad-request": Entry(
        title_fr="Un paramètre de la requête manque ou est faux",
        en=Told(
            cause="A query parameter, a header or a member of a form is missing, or has a value that the operation "
            "does not know.",
            fix="Look at `parameter`: it names the one at fault, and `allowed` lists its values where they can be "
            "counted. Mend it and send the request again.",
        ),
        fr=Told(
            cause="Un paramètre de la requête, un en-tête ou un champ d’un formulaire manque, ou a une valeur que "
            "l’opération ne connaît pas.",
            fix="Regardez `parameter` : il nomme celui qui est en cause, et `allowed` donne ses valeurs quand on peut "
            "les compter. Corrigez-le et renvoyez la requête.",
        ),
    ),
    "invalid-body": Entry(
        title_fr="Le corps n’est pas le JSON que prend cette opération",
        en=Told(
            cause="The body is no JSON at all, or it is JSON with a member that is missing, unknown, too long or of "
            "another type. Nothing was stored.",
            fix="Follow `pointer` to the member at fault and compare it with the schema of the operation in the "
            "OpenAPI document.",
        ),
        fr=Told(
            cause="Le corps n’est pas du JSON, ou c’est du JSON dont un membre manque, est inconnu, trop long ou d’un "
            "autre type. Rien n’a été enregistré.",
            fix="Suivez `pointer` jusqu’au membre en cause et comparez-le avec le schéma de l’opération dans le "
            "document OpenAPI.",
        ),
    ),
    "unstorable": Entry(
        title_fr="Un texte de la requête contient un caractère qui ne peut pas être enregistré",
        en=Told(
            cause="A text holds NUL (U+0000) or half of a surrogate pair. Databases keep neither, so the text could "
            "not be given back as it came.",
            fix="Leave these characters out and send the request again.",
        ),
        fr=Told(
            cause="Un texte contient NUL (U+0000) ou la moitié d’une paire de substitution. Aucune base de données ne "
            "les garde : le texte ne pourrait pas être rendu tel qu’il est venu.",
            fix="Retirez ces caractères et renvoyez la requête.",
        ),
    ),
    "malformed-host": Entry(
        title_fr="L’en-tête Host n’est pas un hôte avec un port",
        en=Told(
            cause="The Host header of the request cannot be the name of a host with an optional port. A server has to "
            "refuse that (RFC 9112).",
            fix="Send the name under which the gateway is served, as every HTTP client does by itself; look at proxies "
            "on the way.",
        ),
        fr=Told(
            cause="L’en-tête Host de la requête ne peut pas être le nom d’un hôte avec un port facultatif. Un serveur "
            "doit refuser cela (RFC 9112).",
            fix="Envoyez le nom sous lequel la passerelle est servie, comme tout client HTTP le fait de lui-même ; "
            "vérifiez les serveurs mandataires en chemin.",
        ),
    ),
    "unknown-parameter": Entry(
        title_fr="Cette opération n’a pas ce paramètre de requête",
        en=Told(
            cause="The address has a query parameter that the operation does not know. It is refused rather than "
            "passed over, so that a slip of the pen does not change what is done.",
            fix="Look at `parameter` and `fix`: they name it, and the parameters that there are. Remove it or write it "
            "as the OpenAPI document does.",
        ),
        fr=Told(
            cause="L’adresse a un paramètre que l’opération ne connaît pas. Il est refusé plutôt qu’ignoré, pour "
            "qu’une faute de frappe ne change pas ce qui est fait.",
            fix="Regardez `parameter` et `fix` : ils le nomment, ainsi que les paramètres qui existent. Retirez-le ou "
            "écrivez-le comme le document OpenAPI.",
        ),
    ),
    "too-many-fields": Entry(
        title_fr="L’adresse a trop de paramètres, ou le formulaire trop de champs",
        en=Told(
            cause="The query of the address has more parameters, or the form more fields, than anything that is read "
            "here: `detail` says which, and how many there may be. None of them was looked at.",
            fix="Leave out what the operation does not take, and send the request again.",
        ),
        fr=Told(
            cause="L’adresse a plus de paramètres, ou le formulaire plus de champs, que tout ce qui est lu ici : "
            "`detail` dit lequel des deux, et combien il peut y en avoir. Aucun n’a été regardé.",
            fix="Retirez ce que l’opération ne prend pas, puis renvoyez la requête.",
        ),
    ),
    "not-found": Entry(
        title_fr="Il n’y a rien à cette adresse",
        en=Told(
            cause="Nothing is served at this address, or the id in it belongs to nothing that you may see. What "
            "belongs to others is answered in the same way, so that nobody can find out what there is.",
            fix="Check the address and the id; where an API key is sent, it has to be of the platform to which the "
            "record belongs.",
        ),
        fr=Told(
            cause="Rien n’est servi à cette adresse, ou l’identifiant qu’elle contient n’est celui de rien que vous "
            "puissiez voir. Ce qui appartient à d’autres reçoit la même réponse : personne ne peut découvrir ce qui "
            "existe.",
            fix="Vérifiez l’adresse et l’identifiant ; si une clé d’API est envoyée, elle doit être celle de la "
            "plateforme à laquelle l’enregistrement appartient.",
        ),
    ),
    "method-not-allowed": Entry(
        title_fr="Cette méthode n’est pas servie ici",
        en=Told(
            cause="The address exists, and it is not asked with this HTTP method.",
            fix="Use a method that the header Allow of the answer names.",
        ),
        fr=Told(
            cause="L’adresse existe, mais on ne l’interroge pas avec cette méthode HTTP.",
            fix="Utilisez une méthode que nomme l’en-tête Allow de la réponse.",
        ),
    ),
    "body-timeout": Entry(
        title_fr="Le corps n’est pas arrivé à temps",
        en=Told(
            cause="The body of the request came too slowly or stopped coming, and the gateway does not wait for ever.",
            fix="Send the whole body without pausing; on a bad connection try again, or send a smaller file.",
        ),
        fr=Told(
            cause="Le corps de la requête est arrivé trop lentement ou s’est arrêté, et la passerelle n’attend pas "
            "sans fin.",
            fix="Envoyez le corps entier sans pause ; si la connexion est mauvaise, réessayez ou envoyez un fichier "
            "plus petit.",
        ),
    ),
    "unsupported-media-type": Entry(
        title_fr="Le corps est déclaré comme quelque chose qu’aucun badge n’est",
        en=Told(
            cause="The Content-Type of the body is none that the operation takes, or one that any web page could send "
            "without being asked.",
            fix="Declare the body as what it is: application/json, application/jwt, image/png, image/svg+xml, or "
            "application/octet-stream for a file. Send a badge as the body itself, not as a field of a form.",
        ),
        fr=Told(
            cause="Le Content-Type du corps n’est pas de ceux que prend l’opération, ou c’est un type que n’importe "
            "quelle page web pourrait envoyer sans demander.",
            fix="Déclarez le corps comme ce qu’il est : application/json, application/jwt, image/png, image/svg+xml, "
            "ou application/octet-stream pour un fichier. Envoyez le badge comme corps, pas comme champ d’un "
            "formulaire.",
        ),
    ),
    "not-acceptable": Entry(
        title_fr="Rien n’est servi ici dans un type que le client accepte",
        en=Told(
            cause="The Accept header leaves no media type in which this operation answers.",
            fix="Send Accept: application/json, or leave the header out.",
        ),
        fr=Told(
            cause="L’en-tête Accept ne laisse aucun type dans lequel cette opération répond.",
            fix="Envoyez Accept: application/json, ou n’envoyez pas cet en-tête.",
        ),
    ),
    "unauthorised": Entry(
        title_fr="La clé d’API manque ou est inconnue",
        en=Told(
            cause="The request shows no API key or access token, or one that is unknown, has expired or was revoked.",
            fix="Send the header Authorization: Bearer with the key that was shown when it was made. Who has lost it "
            "makes a new one; an old key cannot be shown again.",
        ),
        fr=Told(
            cause="La requête ne montre ni clé d’API ni jeton d’accès, ou elle en montre un qui est inconnu, expiré ou "
            "révoqué.",
            fix="Envoyez l’en-tête Authorization: Bearer avec la clé affichée lors de sa création. Qui l’a perdue en "
            "crée une autre : une clé ne peut pas être affichée deux fois.",
        ),
    ),
    "insufficient-scope": Entry(
        title_fr="La clé d’API ne permet pas cela",
        en=Told(
            cause="The key, token or person is known, and was not given what this operation needs. A key also gives "
            "nothing that it does not have itself.",
            fix="Use a key with the scope that `detail` names, or have an owner of the platform make one (for "
            "installation.manage, whoever runs the gateway); ask a person anew for an access token with it.",
        ),
        fr=Told(
            cause="La clé, le jeton ou la personne est connu, mais n’a pas reçu ce dont cette opération a besoin. Une "
            "clé ne donne pas non plus ce qu’elle n’a pas elle-même.",
            fix="Utilisez une clé qui a le droit que nomme `detail`, ou faites-en créer une par un propriétaire de la "
            "plateforme (pour installation.manage, par la personne qui exploite la passerelle) ; demandez de nouveau "
            "à la personne un jeton d’accès qui l’a.",
        ),
    ),
    "too-many-requests": Entry(
        title_fr="Trop de requêtes sont venues de cette adresse ou avec cette clé d’API",
        en=Told(
            cause="A limit is used up: of the network address, of the API key, of the platform, or of one kind of "
            "request, such as links that are mailed.",
            fix="Wait as many seconds as the header Retry-After says, then go on; RateLimit and RateLimit-Policy say "
            "how many requests remain.",
        ),
        fr=Told(
            cause="Une limite est épuisée : celle de l’adresse réseau, de la clé d’API, de la plateforme ou d’un genre "
            "de requête, comme les liens envoyés par courriel.",
            fix="Attendez le nombre de secondes que donne l’en-tête Retry-After, puis continuez ; RateLimit et "
            "RateLimit-Policy disent combien de requêtes restent.",
        ),
    ),
    "idempotency-conflict": Entry(
        title_fr="Cette Idempotency-Key a servi pour une autre requête",
        en=Told(
            cause="The same Idempotency-Key came before with another address, other parameters or another body, or "
            "from a token that may read more or less. Nothing was done this time.",
            fix="Use a new Idempotency-Key for a new request; to repeat the old one, send it exactly as it was.",
        ),
        fr=Told(
            cause="La même Idempotency-Key est déjà venue avec une autre adresse, d’autres paramètres ou un autre "
            "corps, ou d’un jeton qui peut lire plus ou moins. Cette fois, rien n’a été fait.",
            fix="Prenez une nouvelle Idempotency-Key pour une nouvelle requête ; pour répéter l’ancienne, envoyez-la "
            "exactement comme elle était.",
        ),
    ),
    "answer-erased": Entry(
        title_fr="Ce qui avait été répondu à cette Idempotency-Key a été effacé",
        en=Told(
            cause="The request was answered before with this Idempotency-Key, and a credential that the answer told of "
            "was erased since. The answer went with it, and to do the work again would bring back what was erased.",
            fix="Stop repeating the request. If the same is to be done anew, send it with a new key; the old one is "
            "free again about a day after the credential was erased.",
        ),
        fr=Told(
            cause="La requête a déjà reçu une réponse avec cette Idempotency-Key, et un justificatif dont parlait la "
            "réponse a été effacé depuis. La réponse a disparu avec lui, et refaire le travail ramènerait ce qui a été "
            "effacé.",
            fix="Cessez de répéter la requête. S’il faut refaire la même chose, envoyez-la avec une nouvelle clé ; "
            "l’ancienne redevient libre environ un jour après l’effacement.",
        ),
    ),
    "in-progress": Entry(
        title_fr="Une requête avec cette Idempotency-Key est en cours",
        en=Told(
            cause="The first request with this Idempotency-Key has not been answered yet, so it is not known what to "
            "answer to the second one.",
            fix="Ask again with the same key after the seconds of Retry-After; you get the answer to the first one.",
        ),
        fr=Told(
            cause="La première requête avec cette Idempotency-Key n’a pas encore de réponse ; on ne sait donc pas quoi "
            "répondre à la seconde.",
            fix="Redemandez avec la même clé après les secondes de Retry-After ; vous recevrez la réponse de la "
            "première requête.",
        ),
    ),
    "bad-cursor": Entry(
        title_fr="Ce curseur n’a pas été donné",
        en=Told(
            cause="The parameter after is no cursor that a search of this platform has given, or it was cut short on "
            "the way.",
            fix="Take `next` of the page before as it is, character by character; without it the search begins at the "
            "first page.",
        ),
        fr=Told(
            cause="Le paramètre after n’est pas un curseur donné par une recherche de cette plateforme, ou il a été "
            "tronqué en chemin.",
            fix="Prenez `next` de la page précédente tel quel, caractère par caractère ; sans lui la recherche "
            "commence à la première page.",
        ),
    ),
    "unknown-cursor": Entry(
        title_fr="Ce flux n’a pas donné ce curseur",
        en=Told(
            cause="The parameter since is no cursor of this platform's feed of changes, or it was cut short on the "
            "way. Cursors do not grow old.",
            fix="Send `next` of the answer before as it is, character by character; without since the feed is read "
            "from its beginning.",
        ),
        fr=Told(
            cause="Le paramètre since n’est pas un curseur du flux de changements de cette plateforme, ou il a été "
            "tronqué en chemin. Un curseur ne vieillit pas.",
            fix="Envoyez `next` de la réponse précédente tel quel, caractère par caractère ; sans since, le flux se "
            "lit depuis son début.",
        ),
    ),
    "not-json": Entry(
        title_fr="Le corps n’est pas du tout un document JSON",
        en=Told(
            cause="The body is not JSON in UTF-8, so nothing in it could be read.",
            fix="Send one JSON object in UTF-8, with Content-Type: application/json.",
        ),
        fr=Told(
            cause="Le corps n’est pas du JSON en UTF-8 ; rien n’a donc pu y être lu.",
            fix="Envoyez un objet JSON en UTF-8, avec Content-Type: application/json.",
        ),
    ),
    "request-validation": Entry(
        title_fr="Le corps n’est pas ce que prend l’opération",
        en=Told(
            cause="The body is JSON or a form, and a member that is needed is missing, or has a value that cannot be.",
            fix="Send the members that `detail` asks for; the OpenAPI document shows a whole request.",
        ),
        fr=Told(
            cause="Le corps est du JSON ou un formulaire, mais il manque un membre nécessaire, ou l’un d’eux a une "
            "valeur impossible.",
            fix="Envoyez les membres que demande `detail` ; le document OpenAPI montre une requête entière.",
        ),
    ),
}
