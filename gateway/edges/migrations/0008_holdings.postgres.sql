-- What people hold. equality: HMAC of platform, person, the issuer's id and the badge's own id.
create table holdings (
    id text not null primary key,
    platform text not null,
    person text not null,
    equality bytea not null,
    media_type text not null,
    carrier text not null,
    format text not null,
    version text not null,
    securing text not null,
    outcome text not null,
    via text not null,
    record text not null, -- id of the record that was converted from it, '' for none
    received bytea not null, -- encrypted
    facts bytea not null, -- encrypted: title, ids, address, matched recipient, report
    created bigint not null,
    updated bigint not null,
    unique (platform, equality)
);
create index holdings_newest on holdings (platform, person, updated, id, format, record);

-- The data key of each holding, wrapped by the master key. Deleting the row erases the holding.
create table holding_keys (
    holding text not null primary key references holdings (id) on delete cascade,
    platform text not null,
    wrapped bytea not null
);

-- What applications wrote down about a person, each kind with a data key of its own.
create table profiles (
    platform text not null,
    person text not null,
    kind text not null,
    wrapped bytea not null,
    document bytea not null, -- encrypted
    updated bigint not null,
    primary key (platform, person, kind)
);

-- Ciphertext does not compress.
alter table holdings
    alter column received set storage external,
    alter column facts set storage external;

alter table holdings enable row level security;
alter table holdings force row level security;
create policy tenant on holdings using (
    platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*'
);
alter table holding_keys enable row level security;
alter table holding_keys force row level security;
create policy tenant on holding_keys using (
    platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*'
);
alter table profiles enable row level security;
alter table profiles force row level security;
create policy tenant on profiles using (
    platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*'
);
