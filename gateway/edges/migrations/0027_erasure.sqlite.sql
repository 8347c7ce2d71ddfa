-- Which records the answer to a repeated request may say something of: it goes when they are erased.
create table reply_records (
    holder text not null,
    key blob not null,
    platform text not null,
    credential text not null,
    primary key (holder, key, credential),
    foreign key (holder, key) references replies (holder, key) on delete cascade
) strict;
create index reply_records_of on reply_records (platform, credential);

-- HMAC of platform and the credential's own id, in whatever wallet; null for what was put there before.
alter table europass_deposits add column credential blob;
create index europass_deposits_credential on europass_deposits (platform, credential) where credential is not null;

-- What people hold lets go of a record when that is erased.
create index holdings_record on holdings (platform, record) where record <> '';
