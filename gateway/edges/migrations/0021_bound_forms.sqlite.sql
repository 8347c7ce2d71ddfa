-- A record has a form of each kind for everybody ('' is nobody's key), and one for each key that it was bound to.
-- SQLite cannot change what is unique in a table, so the table is made anew.
drop index forms_revoked;
drop index forms_at;
alter table forms rename to forms_before;
create table forms (
    id text not null primary key,
    platform text not null,
    credential text not null references credentials (id),
    format text not null,
    securing text not null,
    signing_key text not null,
    at integer not null,
    status_list text,
    status_index integer,
    unsigned blob not null, -- encrypted
    losses blob not null, -- encrypted
    sealed blob, -- encrypted
    receipt blob, -- encrypted
    revoked integer,
    revocation_reason text not null default '',
    suspended integer,
    suspension_reason text not null default '',
    holder text not null default '',
    unique (credential, format, securing, holder),
    unique (status_list, status_index),
    foreign key (status_list, status_index) references status_entries (list, entry)
) strict;
insert into forms (id, platform, credential, format, securing, signing_key, at, status_list, status_index,
    unsigned, losses, sealed, receipt, revoked, revocation_reason, suspended, suspension_reason)
select id, platform, credential, format, securing, signing_key, at, status_list, status_index,
    unsigned, losses, sealed, receipt, revoked, revocation_reason, suspended, suspension_reason
from forms_before;
drop table forms_before;
create index forms_revoked on forms (platform, revoked) where revoked is not null;
create index forms_at on forms (platform, at);
