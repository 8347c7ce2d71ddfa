-- Row-level security hides every row from a session that is bound to no platform, and these are changed here.
select set_config('app.platform', '*', true);
-- Who suspends a record, since when and why: its platform, the issuer of its source, or both. It is active when neither
-- does. What the forms say is the platform's word where there is one, else the source's.
alter table credentials add column platform_suspended bigint;
alter table credentials add column platform_suspension text not null default '';
alter table credentials add column source_suspended bigint;
alter table credentials add column source_suspension text not null default '';

-- Before, a record kept one suspension, and only its reason told whose it was. Where the source is suspended and the
-- reason is another one, both were meant.
update credentials set
    source_suspended = (select w.told_at from watched_sources w where w.credential = credentials.id),
    source_suspension = 'suspended by its issuer: its entry in the issuer''s status list is set'
where state = 'suspended'
and exists (select 1 from watched_sources w where w.credential = credentials.id and w.standing = 'suspended');

update credentials set
    platform_suspended = (
        select min(f.suspended) from forms f where f.credential = credentials.id and f.suspended is not null
    ),
    platform_suspension = coalesce((
        select min(f.suspension_reason) from forms f where f.credential = credentials.id and f.suspended is not null
    ), '')
where state = 'suspended' and (source_suspended is null or not exists (
    select 1 from forms f where f.credential = credentials.id and f.suspended is not null
    and f.suspension_reason = credentials.source_suspension
));

-- Where the platform lifted what was the source's, the next look decides anew.
update watched_sources set standing = 'stands', decided = 0
where standing = 'suspended'
and exists (select 1 from credentials c where c.id = watched_sources.credential and c.state = 'active');
