-- Of what a platform states itself: an award in plain data, or a credential in ELM that it has sealed as it is.
alter table statements add column kind text not null default 'award';

-- Wallets that platforms make for e-mail addresses, and what they put there. A platform sees those it made itself;
-- the person sees, of all platforms, what waits for an address that they confirmed. lookup: HMAC of the address.
create table europass_wallets (
    id text not null primary key,
    platform text not null,
    lookup bytea not null,
    address bytea not null, -- encrypted
    created bigint not null,
    unique (platform, lookup)
);
create index europass_wallets_waiting on europass_wallets (lookup);

-- Each deposit is encrypted with a data key of its own, wrapped by the master key: deleting the row erases it.
-- equality: HMAC of platform, wallet and the credential's own id.
create table europass_deposits (
    id text not null primary key,
    platform text not null,
    wallet text not null references europass_wallets (id) on delete cascade,
    equality bytea not null,
    wrapped bytea not null,
    received bytea not null, -- encrypted
    facts bytea not null, -- encrypted: id, title, report
    created bigint not null,
    taken bigint, -- when the person put it into their backpack
    unique (platform, equality)
);
create index europass_deposits_newest on europass_deposits (platform, wallet, created, id);
create index europass_deposits_of on europass_deposits (wallet);

-- Addresses under which a deposit is shown to whoever has them: of each only a digest is here.
create table europass_share_links (
    sha256 bytea not null primary key,
    platform text not null,
    deposit text not null references europass_deposits (id) on delete cascade,
    created bigint not null,
    expires bigint not null
);
create index europass_share_links_of on europass_share_links (deposit);
create index europass_share_links_expired on europass_share_links (platform, expires);

-- Ciphertext does not compress.
alter table europass_deposits
    alter column received set storage external,
    alter column facts set storage external;

alter table europass_wallets enable row level security;
alter table europass_wallets force row level security;
create policy tenant on europass_wallets
using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
alter table europass_deposits enable row level security;
alter table europass_deposits force row level security;
create policy tenant on europass_deposits
using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
alter table europass_share_links enable row level security;
alter table europass_share_links force row level security;
create policy tenant on europass_share_links
using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
