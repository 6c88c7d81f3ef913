--liquibase formatted sql

-- What a provider tells of its own doings by which a recipient may have been paid twice.

--changeset holdfast:012-webhook-risk
alter table holdfast.payout_webhook add told_risk text;
comment on column holdfast.payout_webhook.told_risk is 'What the provider did that may pay twice, in words';

--changeset holdfast:012-version
insert into holdfast.schema_version (version, name) values (12, '012-webhook-risk');
