"""Problems that the authorization server words as RFC 6749, RFC 7591 and RFC 6750 do."""

from gateway.http.catalogue.entry import Entry, Told

OAUTH = {
    "invalid-request": Entry(
        title_fr="Un paramètre manque, est répété ou mal formé",
        en=Told(
            cause="A request of OAuth lacks a parameter, has one twice, or has two that exclude each other. Clients "
            "are told error invalid_request.",
            fix="Send each parameter once, in a form (application/x-www-form-urlencoded); `error_description` names "
            "the one at fault.",
        ),
        fr=Told(
            cause="Une requête OAuth n’a pas un paramètre, en a un deux fois, ou en a deux qui s’excluent. Le client "
            "reçoit error invalid_request.",
            fix="Envoyez chaque paramètre une fois, dans un formulaire (application/x-www-form-urlencoded) ; "
            "`error_description` nomme celui qui est en cause.",
        ),
    ),
    "invalid-client": Entry(
        title_fr="Le client est inconnu, ou n’a pas montré qui il est",
        en=Told(
            cause="The client id is not registered, its secret is wrong, or it was shown in another way than it was "
            "registered with.",
            fix="Send client id and secret by HTTP Basic or in the body, as it was registered; register again when the "
            "secret is lost.",
        ),
        fr=Told(
            cause="L’identifiant du client n’est pas enregistré, son secret est faux, ou il a été montré d’une autre "
            "façon que celle de l’enregistrement.",
            fix="Envoyez l’identifiant et le secret par HTTP Basic ou dans le corps, comme à l’enregistrement ; "
            "enregistrez-vous de nouveau si le secret est perdu.",
        ),
    ),
    "invalid-grant": Entry(
        title_fr="Le code ou le jeton d’actualisation ne vaut pas pour ce client",
        en=Told(
            cause="A code or refresh token is unknown, too old, used, of another client or for another request, or a "
            "transaction code is wrong. When something used comes a second time, all tokens made from it are revoked.",
            fix="Begin anew: ask the person, or fetch the credential offer again. Use codes once, and keep the newest "
            "refresh token.",
        ),
        fr=Told(
            cause="Un code ou un jeton d’actualisation est inconnu, trop ancien, déjà utilisé, d’un autre client ou "
            "pour une autre requête, ou un code de transaction est faux. Quand ce qui a servi revient, tous les "
            "jetons qui en viennent sont révoqués.",
            fix="Recommencez : demandez à la personne, ou cherchez de nouveau l’offre. Utilisez un code une seule "
            "fois, et gardez le jeton d’actualisation le plus récent.",
        ),
    ),
    "unauthorized-client": Entry(
        title_fr="Le client n’est pas enregistré pour cela",
        en=Told(
            cause="The client was registered for other grant types or response types than the one that it uses.",
            fix="Register a client with the grant types that it uses.",
        ),
        fr=Told(
            cause="Le client a été enregistré pour d’autres types d’autorisation ou de réponse que ceux qu’il utilise "
            "en ce moment.",
            fix="Enregistrez un client avec les types d’autorisation qu’il utilise.",
        ),
    ),
    "unsupported-grant-type": Entry(
        title_fr="Aucun client ne reçoit de jetons de cette façon",
        en=Told(
            cause="The value of grant_type is none that the gateway knows.",
            fix="Use one that grant_types_supported of /.well-known/oauth-authorization-server names.",
        ),
        fr=Told(
            cause="La valeur de grant_type n’est pas de celles que la passerelle connaît.",
            fix="Utilisez l’une de celles que nomme grant_types_supported de /.well-known/oauth-authorization-server.",
        ),
    ),
    "unsupported-response-type": Entry(
        title_fr="Seuls des codes sont donnés",
        en=Told(
            cause="The authorization request asks for tokens in the address, which is not safe and not done here.",
            fix="Send response_type=code, and exchange the code with PKCE.",
        ),
        fr=Told(
            cause="La demande d’autorisation veut des jetons dans l’adresse, ce qui n’est pas sûr et ne se fait pas "
            "ici.",
            fix="Envoyez response_type=code, et échangez le code avec PKCE.",
        ),
    ),
    "invalid-scope": Entry(
        title_fr="Le droit demandé est inconnu, ou plus que ce qui a été accordé",
        en=Told(
            cause="The scope names nothing that there is, nothing that the client registered, or more than the person "
            "allowed.",
            fix="Ask for scopes that the client registered; a token can be refreshed for less than was granted, never "
            "for more.",
        ),
        fr=Told(
            cause="Le paramètre scope ne nomme rien qui existe, rien que le client ait enregistré, ou plus que ce que "
            "la personne a permis.",
            fix="Demandez des droits que le client a enregistrés ; un jeton s’actualise pour moins que ce qui a été "
            "accordé, jamais pour plus.",
        ),
    ),
    "invalid-authorization-details": Entry(
        title_fr="Ce qui est demandé en détail ne s’obtient pas ici",
        en=Told(
            cause="The parameter authorization_details cannot be read, is of another type than openid_credential, or "
            "names a credential that is not given here.",
            fix='Send [{"type": "openid_credential", "credential_configuration_id": …}] with an id of the '
            "credential issuer's metadata.",
        ),
        fr=Told(
            cause="Le paramètre authorization_details ne peut pas être lu, est d’un autre type que openid_credential, "
            "ou nomme un justificatif qui n’est pas donné ici.",
            fix='Envoyez [{"type": "openid_credential", "credential_configuration_id": …}] avec un identifiant des '
            "métadonnées de l’émetteur.",
        ),
    ),
    "invalid-target": Entry(
        title_fr="La ressource pour laquelle est le jeton n’est pas la nôtre",
        en=Told(
            cause="The parameter resource names another server than this gateway, and tokens for others are not given.",
            fix="Send the address of this gateway as resource, or leave the parameter out.",
        ),
        fr=Told(
            cause="Le paramètre resource nomme un autre serveur que cette passerelle, et l’on ne donne pas de jetons "
            "pour d’autres.",
            fix="Envoyez l’adresse de cette passerelle comme resource, ou n’envoyez pas ce paramètre.",
        ),
    ),
    "access-denied": Entry(
        title_fr="La personne a dit non",
        en=Told(
            cause="The person was asked whether the application may see their badges or have one, and declined, or has "
            "nothing that could be given.",
            fix="Do not ask again at once. Say what the access is for, and let the person begin anew.",
        ),
        fr=Told(
            cause="On a demandé à la personne si l’application peut voir ses badges ou en recevoir un ; elle a refusé, "
            "ou n’a rien qui puisse être donné.",
            fix="Ne redemandez pas tout de suite. Dites à quoi sert l’accès, et laissez la personne recommencer.",
        ),
    ),
    "invalid-redirect-uri": Entry(
        title_fr="Cette adresse de retour ne peut pas être enregistrée",
        en=Told(
            cause="A redirect URI is no https address, has a fragment, or is of a scheme that belongs to nobody.",
            fix="Register https addresses; for applications on a device http on loopback or a scheme in reverse domain "
            "order.",
        ),
        fr=Told(
            cause="Une adresse de retour n’est pas en https, a un fragment, ou est d’un schéma qui n’appartient à "
            "personne.",
            fix="Enregistrez des adresses https ; pour une application sur un appareil, http en boucle locale ou un "
            "schéma en nom de domaine inversé.",
        ),
    ),
    "invalid-client-metadata": Entry(
        title_fr="L’enregistrement ne peut pas être tel quel",
        en=Told(
            cause="Something that the client says of itself cannot be: an address on another host, a grant type that "
            "is not given, a scope that does not exist, or a text that is too long.",
            fix="Change the member that `error_description` names; see /.well-known/oauth-authorization-server for "
            "what there is.",
        ),
        fr=Told(
            cause="Quelque chose que le client dit de lui-même ne peut pas être : une adresse sur un autre hôte, un "
            "type d’autorisation qui n’est pas donné, un droit qui n’existe pas, ou un texte trop long.",
            fix="Changez le membre que nomme `error_description` ; voyez /.well-known/oauth-authorization-server pour "
            "ce qui existe.",
        ),
    ),
    "unknown-client": Entry(
        title_fr="Le client ou son adresse de retour n’est pas enregistré",
        en=Told(
            cause="The page of consent was asked for by a client that is not registered, or with a redirect URI that "
            "it did not register. So nobody is sent back there.",
            fix="Register the client with this very redirect URI, character by character.",
        ),
        fr=Told(
            cause="La page de consentement a été demandée par un client qui n’est pas enregistré, ou avec une adresse "
            "de retour qu’il n’a pas enregistrée. Personne n’y est donc renvoyé.",
            fix="Enregistrez le client avec cette adresse de retour, caractère par caractère.",
        ),
    ),
    "question-expired": Entry(
        title_fr="La question de consentement est close",
        en=Told(
            cause="The page of consent was answered before, is too old, or was shown to somebody else.",
            fix="Go back to the application and begin again there.",
        ),
        fr=Told(
            cause="La page de consentement a déjà reçu une réponse, est trop ancienne, ou a été montrée à quelqu’un "
            "d’autre.",
            fix="Retournez à l’application et recommencez de là.",
        ),
    ),
    "not-for-wallets": Entry(
        title_fr="Le badge ne peut pas être mis dans un portefeuille",
        en=Told(
            cause="The badge that was chosen cannot be made into a form that a wallet holds, because it does not "
            "verify now or cannot be expressed in it.",
            fix="Choose another badge, or look in the backpack at what stands against this one.",
        ),
        fr=Told(
            cause="Le badge choisi ne peut pas recevoir une forme qu’un portefeuille détienne, parce qu’il ne se "
            "vérifie pas en ce moment ou ne peut pas y être exprimé.",
            fix="Choisissez un autre badge, ou regardez dans le sac ce qui s’oppose à celui-ci.",
        ),
    ),
    "invalid-token": Entry(
        title_fr="Le jeton d’accès est inconnu, expiré ou révoqué",
        en=Told(
            cause="An access token was shown, and it opens nothing: it has expired, was revoked by its owner, or never "
            "was one.",
            fix="Get a new one with the refresh token, or ask the person again.",
        ),
        fr=Told(
            cause="Un jeton d’accès a été montré, mais il n’ouvre rien : il a expiré, a été révoqué par son "
            "propriétaire, ou n’en a jamais été un.",
            fix="Obtenez-en un nouveau avec le jeton d’actualisation, ou redemandez à la personne.",
        ),
    ),
}
