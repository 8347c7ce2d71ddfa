-- An offer is one set of keys' in all its configurations: their digests by spaces, kept for them since then; what they
-- were given is in offer_claims.
alter table offers add column holders text not null default '';
alter table offers add column reserved integer;
update offers set reserved = claimed, holders = coalesce(
    (select c.holders from offer_claims c where c.offer = offers.sha256 order by c.at, c.configuration limit 1), ''
);
