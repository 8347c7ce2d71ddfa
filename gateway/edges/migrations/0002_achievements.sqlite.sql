-- What forms attest. No record's key encrypts it: it holds nothing of a recipient and outlives each record.
-- digest: HMAC of platform, format and the document without its own id.
create table achievements (
    id text not null primary key,
    platform text not null,
    digest blob not null,
    document blob not null, -- encrypted
    unique (platform, digest)
) strict;
