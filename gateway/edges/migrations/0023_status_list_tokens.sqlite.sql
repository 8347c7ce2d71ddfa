-- Each status list is published as a signed status list token too; empty until it is signed the next time.
alter table status_lists add column token blob not null default x'';
