-- Credentials that may be fetched into a wallet. Whoever has the id of an offer has its link: sha256 is its digest, by
-- which it is found, and id is encrypted with the key of its record.
create table offers (
    sha256 blob not null primary key,
    platform text not null,
    record text not null references credentials (id),
    id blob not null, -- encrypted
    made_by text not null,
    created integer not null,
    expires integer not null,
    claiming text not null,
    configurations text not null, -- by spaces
    code blob not null, -- HMAC of the transaction code, '' for none
    attempts integer not null default 0,
    state text not null default 'open',
    claimed integer
) strict;
create index offers_of on offers (record, created);
create index offers_expired on offers (platform, expires);

-- To which keys an offer was given in a configuration: their digests, by spaces.
create table offer_claims (
    offer blob not null references offers (sha256) on delete cascade,
    platform text not null,
    configuration text not null,
    holders text not null,
    at integer not null,
    primary key (offer, configuration)
) strict;
