-- made_by: as actors stand in the audit trail, '' for what is older than this column. member: by whose membership it was
-- made, straight or by a key of theirs, '' for nobody's; it ends with that.
alter table api_keys add column made_by text not null default '';
alter table api_keys add column member text not null default '';
create index api_keys_member on api_keys (member) where member <> '';
alter table oauth_clients add column made_by text not null default '';
alter table oauth_clients add column member text not null default '';
alter table oauth_clients add column expires bigint;
create index oauth_clients_member on oauth_clients (member) where member <> '';

-- Refresh tokens that were used stay until they expire: to show one again tells of a theft.
alter table application_tokens add column used bigint;
