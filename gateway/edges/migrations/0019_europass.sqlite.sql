-- Of what a platform states itself: an award in plain data, or a credential in ELM that it has sealed as it is.
alter table statements add column kind text not null default 'award';

-- Wallets that platforms make for e-mail addresses, and what they put there. A platform sees those it made itself;
-- the person sees, of all platforms, what waits for an address that they confirmed. lookup: HMAC of the address.
create table europass_wallets (
    id text not null primary key,
    platform text not null,
    lookup blob not null,
    address blob not null, -- encrypted
    created integer not null,
    unique (platform, lookup)
) strict;
create index europass_wallets_waiting on europass_wallets (lookup);

-- Each deposit is encrypted with a data key of its own, wrapped by the master key: deleting the row erases it.
-- equality: HMAC of platform, wallet and the credential's own id.
create table europass_deposits (
    id text not null primary key,
    platform text not null,
    wallet text not null references europass_wallets (id) on delete cascade,
    equality blob not null,
    wrapped blob not null,
    received blob not null, -- encrypted
    facts blob not null, -- encrypted: id, title, report
    created integer not null,
    taken integer, -- when the person put it into their backpack
    unique (platform, equality)
) strict;
create index europass_deposits_newest on europass_deposits (platform, wallet, created, id);
create index europass_deposits_of on europass_deposits (wallet);

-- Addresses under which a deposit is shown to whoever has them: of each only a digest is here.
create table europass_share_links (
    sha256 blob not null primary key,
    platform text not null,
    deposit text not null references europass_deposits (id) on delete cascade,
    created integer not null,
    expires integer not null
) strict;
create index europass_share_links_of on europass_share_links (deposit);
create index europass_share_links_expired on europass_share_links (platform, expires);
