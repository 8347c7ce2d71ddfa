-- badge: HMAC of the badge that a record was converted from, by its issuer and its id, however its bytes are written.
-- Null for a badge without an id, for what was issued from plain data, and for what was made before.
alter table credentials add column badge bytea;
create index credentials_badge on credentials (platform, badge) where badge is not null;
