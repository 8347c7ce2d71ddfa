-- What the seals of a platform say of it: an identifier that nobody may invent, and its country. '' is the
-- installation's own.
alter table platforms add column organisation_id text not null default '';
alter table platforms add column country text not null default '';

-- Which award of a document that holds several a record is of, 0 the first.
alter table sources add column award integer not null default 0;
