-- Id of the address by which somebody signed in; '' for sessions that are older than this column.
alter table sessions add column address text not null default '';
