-- Credentials that may be fetched into a wallet. Whoever has the id of an offer has its link: sha256 is its digest, by
-- which it is found, and id is encrypted with the key of its record.
create table offers (
    sha256 bytea not null primary key,
    platform text not null,
    record text not null references credentials (id),
    id bytea not null, -- encrypted
    made_by text not null,
    created bigint not null,
    expires bigint not null,
    claiming text not null,
    configurations text not null, -- by spaces
    code bytea not null, -- HMAC of the transaction code, '' for none
    attempts bigint not null default 0,
    state text not null default 'open',
    claimed bigint
);
create index offers_of on offers (record, created);
create index offers_expired on offers (platform, expires);

-- To which keys an offer was given in a configuration: their digests, by spaces.
create table offer_claims (
    offer bytea not null references offers (sha256) on delete cascade,
    platform text not null,
    configuration text not null,
    holders text not null,
    at bigint not null,
    primary key (offer, configuration)
);

alter table offers enable row level security;
alter table offers force row level security;
create policy tenant on offers
using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
alter table offer_claims enable row level security;
alter table offer_claims force row level security;
create policy tenant on offer_claims
using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
