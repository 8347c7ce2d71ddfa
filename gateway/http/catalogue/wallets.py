"""Problems with offers, presentations and what wallets ask for."""

from gateway.http.catalogue.entry import Entry, Told

WALLETS = {
    "not-the-recipient": Entry(
        title_fr="Le justificatif est pour quelqu’un d’autre, ou ne dit pas pour qui",
        en=Told(
            cause="A credential is given to whom it was awarded, and the address, person or key that was shown is "
            "another one, or the credential names nobody.",
            fix="Use the address or the wallet key to which it was awarded; where the credential names nobody, offer "
            "it by link or by code.",
        ),
        fr=Told(
            cause="Un justificatif se donne à qui il a été décerné ; l’adresse, la personne ou la clé montrée en est "
            "une autre, ou le justificatif ne nomme personne.",
            fix="Utilisez l’adresse ou la clé de portefeuille à laquelle il a été décerné ; s’il ne nomme personne, "
            "offrez-le par lien ou par code.",
        ),
    ),
    "offer-claimed": Entry(
        title_fr="L’offre a déjà été utilisée",
        en=Told(
            cause="The offer cannot be withdrawn any more, because the credential is in a wallet.",
            fix="Revoke the credential to take back what the wallet holds.",
        ),
        fr=Told(
            cause="L’offre ne peut plus être retirée, parce que le justificatif est dans un portefeuille.",
            fix="Révoquez le justificatif pour reprendre ce que le portefeuille détient.",
        ),
    ),
    "offer-over": Entry(
        title_fr="L’offre a pris fin",
        en=Told(
            cause="The offer was claimed with another key, withdrawn, locked after too many wrong codes, or has "
            "expired.",
            fix="Ask whoever sent the link for a new offer.",
        ),
        fr=Told(
            cause="L’offre a été utilisée avec une autre clé, retirée, bloquée après trop de codes faux, ou a expiré.",
            fix="Demandez une nouvelle offre à qui a envoyé le lien.",
        ),
    ),
    "not-offered": Entry(
        title_fr="L’offre n’est pas pour un justificatif de ce genre",
        en=Told(
            cause="The offer exists, and not for this protocol or this configuration of the credential.",
            fix="Ask for what `fix` names, in the way that the page of the offer says.",
        ),
        fr=Told(
            cause="L’offre existe, mais pas pour ce protocole ou cette configuration du justificatif.",
            fix="Demandez ce que nomme `fix`, de la façon que dit la page de l’offre.",
        ),
    ),
    "not-yet": Entry(
        title_fr="On ne peut pas savoir maintenant si la source vaut encore",
        en=Told(
            cause="Before a converted credential is handed to a wallet, its source is looked at again, and the "
            "issuer's server does not answer now.",
            fix="Try again later; the offer stays open.",
        ),
        fr=Told(
            cause="Avant de remettre un justificatif converti à un portefeuille, on regarde de nouveau sa source, et "
            "le serveur de l’émetteur ne répond pas maintenant.",
            fix="Réessayez plus tard ; l’offre reste ouverte.",
        ),
    ),
    "presentation-refused": Entry(
        title_fr="La présentation ne montre pas à qui est la clé",
        en=Told(
            cause="The presentation is no VerifiablePresentation with one proof of its holder, its signature does not "
            "fit, or its key does not speak for itself.",
            fix="Sign it anew with the holder's did:key or did:jwk, in a suite that `fix` names.",
        ),
        fr=Told(
            cause="La présentation n’est pas une VerifiablePresentation avec une seule preuve de son détenteur, sa "
            "signature ne convient pas, ou sa clé ne parle pas pour elle-même.",
            fix="Signez-la de nouveau avec le did:key ou le did:jwk du détenteur, dans une suite que nomme `fix`.",
        ),
    ),
    "wrong-occasion": Entry(
        title_fr="La présentation a été faite pour une autre occasion",
        en=Told(
            cause="The proof is sound, and was made for another challenge or domain, too long ago, or came before. So "
            "it could have been copied.",
            fix="Ask for a new challenge and sign that, for this domain, now.",
        ),
        fr=Told(
            cause="La preuve est bonne, mais a été faite pour un autre défi ou un autre domaine, il y a trop "
            "longtemps, ou est déjà venue. Elle pourrait donc avoir été copiée.",
            fix="Demandez un nouveau défi et signez-le, pour ce domaine, maintenant.",
        ),
    ),
    "invalid-credential-request": Entry(
        title_fr="La demande de justificatif est mal formée",
        en=Told(
            cause="The credential request of a wallet lacks a member, has two that exclude each other, or is no JSON. "
            "Wallets are told error invalid_credential_request.",
            fix="Send one of credential_configuration_id and credential_identifier, and proofs alone (OpenID4VCI 1.0 "
            "section 8.2).",
        ),
        fr=Told(
            cause="La demande d’un portefeuille n’a pas un membre, en a deux qui s’excluent, ou n’est pas du JSON. Le "
            "portefeuille reçoit error invalid_credential_request.",
            fix="Envoyez l’un de credential_configuration_id et credential_identifier, et seulement proofs (OpenID4VCI "
            "1.0, section 8.2).",
        ),
    ),
    "unknown-credential-configuration": Entry(
        title_fr="Il n’y a pas une telle configuration pour ce jeton d’accès",
        en=Told(
            cause="The configuration is in no metadata of the gateway, or it is not what the access token was given "
            "for.",
            fix="Ask for the configuration that the credential offer or the token's authorization_details names.",
        ),
        fr=Told(
            cause="La configuration n’est pas dans les métadonnées de la passerelle, ou n’est pas ce pour quoi le "
            "jeton d’accès a été donné.",
            fix="Demandez la configuration que nomme l’offre ou authorization_details du jeton.",
        ),
    ),
    "unknown-credential-identifier": Entry(
        title_fr="Il n’y a pas un tel justificatif pour ce jeton d’accès",
        en=Told(
            cause="The credential_identifier did not come with this access token.",
            fix="Use a value of credential_identifiers of the token response.",
        ),
        fr=Told(
            cause="Ce credential_identifier n’est pas venu avec ce jeton d’accès.",
            fix="Utilisez une valeur de credential_identifiers de la réponse qui donnait le jeton.",
        ),
    ),
    "invalid-proof": Entry(
        title_fr="La preuve de possession ne montre pas de clé",
        en=Told(
            cause="The request has no proof of possession, or one whose signature, audience, type or key is wrong.",
            fix="Sign a JWT of type openid4vci-proof+jwt with the wallet's key, for this gateway and a c_nonce of its "
            "nonce endpoint.",
        ),
        fr=Told(
            cause="La demande n’a pas de preuve de possession, ou une dont la signature, le destinataire, le type ou "
            "la clé est faux.",
            fix="Signez un JWT de type openid4vci-proof+jwt avec la clé du portefeuille, pour cette passerelle et un "
            "c_nonce de son point nonce.",
        ),
    ),
    "invalid-nonce": Entry(
        title_fr="Le nonce des preuves est inconnu, trop ancien ou a servi",
        en=Told(
            cause="A c_nonce is good for one request and a short time, and all proofs of a request hold the same one.",
            fix="Get a new c_nonce at the nonce endpoint and sign the proofs again with it.",
        ),
        fr=Told(
            cause="Un c_nonce sert pour une seule demande et peu de temps, et toutes les preuves d’une demande ont le "
            "même.",
            fix="Obtenez un nouveau c_nonce et signez de nouveau les preuves avec lui.",
        ),
    ),
    "invalid-encryption-parameters": Entry(
        title_fr="Les réponses ne sont chiffrées que par TLS",
        en=Told(
            cause="The wallet asks for an encrypted answer, which this gateway does not make beyond TLS.",
            fix="Leave credential_response_encryption out.",
        ),
        fr=Told(
            cause="Le portefeuille demande une réponse chiffrée, ce que cette passerelle ne fait pas au-delà de TLS.",
            fix="N’envoyez pas credential_response_encryption.",
        ),
    ),
    "credential-request-denied": Entry(
        title_fr="Le justificatif n’est pas émis",
        en=Told(
            cause="The offer is over, the credential was revoked, it belongs to somebody else, or its source does not "
            "verify any more. `error_description` says which.",
            fix="Do not repeat the request. Ask whoever made the offer.",
        ),
        fr=Told(
            cause="L’offre a pris fin, le justificatif a été révoqué, il est à quelqu’un d’autre, ou sa source ne se "
            "vérifie plus. `error_description` dit lequel.",
            fix="Ne répétez pas la demande. Demandez à qui a fait l’offre.",
        ),
    ),
    "invalid-transaction-id": Entry(
        title_fr="La transaction est inconnue ou terminée",
        en=Told(
            cause="A deferred credential is fetched with the transaction_id of the answer before, which is unknown, "
            "over, or of another access token.",
            fix="Make a credential request; it answers with the credential or with a new transaction_id.",
        ),
        fr=Told(
            cause="Un justificatif différé se cherche avec le transaction_id de la réponse précédente ; celui-ci est "
            "inconnu, terminé ou d’un autre jeton d’accès.",
            fix="Faites une demande de justificatif ; elle donne le justificatif ou un nouveau transaction_id.",
        ),
    ),
    "invalid-notification-id": Entry(
        title_fr="L’identifiant de notification est inconnu",
        en=Told(
            cause="No credential that was fetched with this access token came with this notification_id.",
            fix="Send the notification_id that came with the credential, with the same access token.",
        ),
        fr=Told(
            cause="Aucun justificatif obtenu avec ce jeton d’accès n’est venu avec ce notification_id.",
            fix="Envoyez le notification_id venu avec le justificatif, avec le même jeton d’accès.",
        ),
    ),
    "invalid-notification-request": Entry(
        title_fr="La notification est mal formée",
        en=Told(
            cause="The notification lacks notification_id or event, or event is none of the values of the "
            "specification.",
            fix="Send notification_id, and credential_accepted, credential_failure or credential_deleted as event.",
        ),
        fr=Told(
            cause="La notification n’a pas notification_id ou event, ou son event n’est pas de ceux de la "
            "spécification.",
            fix="Envoyez notification_id et, comme event, l’un de credential_accepted, credential_failure et "
            "credential_deleted.",
        ),
    ),
}
