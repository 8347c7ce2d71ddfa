"""Open Badges 2.0 section 5, hosted verification: what is issued, its BadgeClass, its issuer, keys and revocations."""
