-- Which records the answer to a repeated request may say something of: it goes when they are erased.
create table reply_records (
    holder text not null,
    key bytea not null,
    platform text not null,
    credential text not null,
    primary key (holder, key, credential),
    foreign key (holder, key) references replies (holder, key) on delete cascade
);
create index reply_records_of on reply_records (platform, credential);
alter table reply_records enable row level security;
alter table reply_records force row level security;
create policy tenant on reply_records
using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');

-- HMAC of platform and the credential's own id, in whatever wallet; null for what was put there before.
alter table europass_deposits add column credential bytea;
create index europass_deposits_credential on europass_deposits (platform, credential) where credential is not null;

-- What people hold lets go of a record when that is erased.
create index holdings_record on holdings (platform, record) where record <> '';
