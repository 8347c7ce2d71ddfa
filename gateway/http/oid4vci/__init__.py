"""OpenID4VCI 1.0 under ``/oid4vci``, and the metadata of the credential issuer."""
