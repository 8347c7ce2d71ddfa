-- A record has a form of each kind for everybody ('' is nobody's key), and one for each key that it was bound to.
alter table forms add column holder text not null default '';
alter table forms drop constraint forms_credential_format_securing_key;
alter table forms add unique (credential, format, securing, holder);
