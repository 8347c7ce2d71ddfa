-- The newest version that was seen of each status list of others: an older one is a replay.
-- list: SHA-256 of issuer, address and purpose. bits: SHA-256 of the bits. Nothing of a credential is here.
create table newest_lists (
    list blob not null primary key,
    signed integer not null, -- microseconds since 1970
    entries_set integer not null,
    bits blob not null
) strict;
