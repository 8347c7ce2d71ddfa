-- What people hold. equality: HMAC of platform, person, the issuer's id and the badge's own id.
create table holdings (
    id text not null primary key,
    platform text not null,
    person text not null,
    equality blob not null,
    media_type text not null,
    carrier text not null,
    format text not null,
    version text not null,
    securing text not null,
    outcome text not null,
    via text not null,
    record text not null, -- id of the record that was converted from it, '' for none
    received blob not null, -- encrypted
    facts blob not null, -- encrypted: title, ids, address, matched recipient, report
    created integer not null,
    updated integer not null,
    unique (platform, equality)
) strict;
create index holdings_newest on holdings (platform, person, updated, id, format, record);

-- The data key of each holding, wrapped by the master key. Deleting the row erases the holding.
create table holding_keys (
    holding text not null primary key references holdings (id) on delete cascade,
    platform text not null,
    wrapped blob not null
) strict;

-- What applications wrote down about a person, each kind with a data key of its own.
create table profiles (
    platform text not null,
    person text not null,
    kind text not null,
    wrapped blob not null,
    document blob not null, -- encrypted
    updated integer not null,
    primary key (platform, person, kind)
) strict;
