-- How large each answer is, beside its time: the oldest are found without looking at any answer.
alter table replies add column size integer not null default 0;
update replies set size = length(answer) where answer is not null;
drop index replies_oldest;
create index replies_oldest on replies (platform, at, size);
