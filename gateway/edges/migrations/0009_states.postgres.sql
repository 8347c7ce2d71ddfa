-- Row-level security hides every row from a session that is bound to no platform, and these are changed here.
select set_config('app.platform', '*', true);
-- state: intended, active, suspended or revoked. updated: when a form was made last, or the state changed.
-- source_issuer: HMAC of the original issuer's id, to be looked up exactly; null for what was made before, or of no badge.
-- issuer: that id itself. source_format: '' for what was issued from plain data.
alter table credentials add column state text not null default 'intended';
alter table credentials add column updated bigint not null default 0;
alter table credentials add column source_format text not null default '';
alter table credentials add column source_issuer bytea;
alter table credentials add column issuer bytea; -- encrypted

alter table forms add column suspended bigint;
alter table forms add column suspension_reason text not null default '';

update credentials set
    updated = created,
    source_format = coalesce((select s.format from sources s where s.credential = credentials.id), ''),
    state = case
        when exists (select 1 from forms f where f.credential = credentials.id and f.revoked is not null) then 'revoked'
        when exists (select 1 from forms f where f.credential = credentials.id and f.sealed is not null) then 'active'
        else 'intended'
    end;

create index credentials_state on credentials (platform, state, created, id);
create index credentials_source_format on credentials (platform, source_format, created, id);
create index credentials_source_issuer on credentials (platform, source_issuer, created, id)
    where source_issuer is not null;

-- In which formats a record was issued, in the order of records: a page of one format is read from here.
create table issued_formats (
    platform text not null,
    format text not null,
    created bigint not null,
    credential text not null references credentials (id),
    primary key (platform, format, created, credential)
);
insert into issued_formats (platform, format, created, credential)
select distinct f.platform, f.format, c.created, c.id
from forms f join credentials c on c.id = f.credential
where f.sealed is not null;

-- What a platform asked for in plain data, where no badge is the source.
create table statements (
    credential text not null primary key references credentials (id),
    platform text not null,
    received bytea not null, -- encrypted
    sha256 bytea not null, -- encrypted
    salt bytea not null, -- encrypted
    received_at bigint not null
);

alter table statements alter column received set storage external;

alter table issued_formats enable row level security;
alter table issued_formats force row level security;
create policy tenant on issued_formats
    using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
alter table statements enable row level security;
alter table statements force row level security;
create policy tenant on statements
    using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
