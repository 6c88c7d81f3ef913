package io.holdfast.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whoever has all rights takes a guard away or weakens it: verify names it. */
class TamperedGuardsTest {

    @TestFactory
    Stream<DynamicTest> a_guard_that_was_tampered_with_is_named() {
        Map<String, String> attacks = new LinkedHashMap<>();
        attacks.put("alter table holdfast.posting disable trigger posting_checks", "trigger posting_checks on posting");
        attacks.put("alter table holdfast.posting enable trigger posting_checks", "trigger posting_checks on posting");
        attacks.put(
                "drop trigger journal_entry_is_a_fact on holdfast.journal_entry",
                "trigger journal_entry_is_a_fact on journal_entry");
        attacks.put(
                "create trigger sabotage before insert on holdfast.posting for each row execute function"
                        + " holdfast.refuse_change()",
                "trigger sabotage on posting");
        attacks.put(
                "create or replace function holdfast.refuse_change() returns trigger language plpgsql"
                        + " set search_path = pg_catalog, pg_temp as 'begin return null; end'",
                "function holdfast.refuse_change()");
        attacks.put("alter function holdfast.check_postings() reset search_path", "function holdfast.check_postings()");
        attacks.put(
                "create or replace function holdfast.canonical_text(value text) returns bytea language sql stable"
                        + " parallel safe as 'select ''''::bytea'",
                "function holdfast.canonical_text(text)");
        attacks.put("alter table holdfast.posting drop constraint posting_pkey", "constraint posting_pkey on posting");
        attacks.put(
                "alter table holdfast.balance drop constraint balance_held_check",
                "constraint balance_held_check on balance");
        attacks.put(
                "alter table holdfast.account_change disable trigger all",
                "constraint account_change_ledger_id_account_id_fkey on account_change");
        attacks.put("alter table holdfast.posting alter amount type numeric(38, 2)", "column posting.amount");
        attacks.put("alter table holdfast.journal_entry enable row level security", "table journal_entry");
        attacks.put("create rule quietly as on insert to holdfast.hold do instead nothing", "rule quietly on hold");
        attacks.put("create table public.more () inherits (holdfast.posting)", "child public.more of posting");
        attacks.put("grant update on holdfast.posting to holdfast_app", "right of holdfast_app on posting");
        attacks.put(
                "grant update (amount) on holdfast.posting to holdfast_reader", "right of holdfast_reader on posting");
        attacks.put("grant truncate on holdfast.period_close to public", "right of holdfast_sealer on period_close");
        return each(attacks);
    }

    @TestFactory
    Stream<DynamicTest> a_guard_that_is_still_there_and_guards_less_is_named() {
        Map<String, String> attacks = new LinkedHashMap<>();
        attacks.put(
                "drop index holdfast.payout_attempt_not_failed", "index payout_attempt_not_failed on payout_attempt");
        attacks.put(
                "drop index holdfast.payout_quote_once;"
                        + " create unique index payout_quote_once on holdfast.payout_intent (quote_id) where amount = 0",
                "index payout_quote_once on payout_intent");
        attacks.put(
                "create or replace trigger posting_is_a_fact before update of line or delete on holdfast.posting"
                        + " for each statement execute function holdfast.refuse_change()",
                "trigger posting_is_a_fact on posting");
        attacks.put(
                "drop trigger payout_item_is_fixed on holdfast.payout_item; create trigger payout_item_is_fixed"
                        + " before update on holdfast.payout_item for each row when (old.kind = 'x')"
                        + " execute function holdfast.refuse_change()",
                "trigger payout_item_is_fixed on payout_item");
        attacks.put(
                "alter table holdfast.posting drop constraint posting_amount_check,"
                        + " add constraint posting_amount_check check (amount > 0 or amount <= 0)",
                "constraint posting_amount_check on posting");
        attacks.put(
                "alter table holdfast.journal_entry drop constraint journal_entry_ledger_id_key_key,"
                        + " add constraint journal_entry_ledger_id_key_key unique (ledger_id, key)"
                        + " deferrable initially deferred",
                "constraint journal_entry_ledger_id_key_key on journal_entry");
        attacks.put(
                "create or replace view holdfast.payout_count_now as select n.ledger_id, n.status,"
                        + " sum(n.payouts)::bigint as payouts from holdfast.payout_count n"
                        + " where n.status <> 'REVIEW' group by n.ledger_id, n.status",
                "view payout_count_now");
        attacks.put(
                "alter table holdfast.payout_intent alter column checkers set default 2",
                "column payout_intent.checkers");
        attacks.put("grant create on schema holdfast to holdfast_app", "right of holdfast_app on schema holdfast");
        attacks.put("grant trigger on holdfast.posting to holdfast_app", "right of holdfast_app on posting");
        return each(attacks);
    }

    private static Stream<DynamicTest> each(Map<String, String> attacks) {
        return attacks.entrySet().stream()
                .map(attack -> DynamicTest.dynamicTest(
                        attack.getKey(), () -> verifyNames(attack.getValue(), attack.getKey())));
    }

    private static void verifyNames(String subject, String attack) throws SQLException {
        try (TestDatabase database = TestDatabase.create()) {
            SampleLedger.fill(database.dataSource());
            try (Connection owner = database.dataSource().getConnection();
                    Statement statement = owner.createStatement()) {
                statement.execute(attack);
            }

            Verification verification = Verifier.over(database.dataSource()).verify("main");

            CheckResult guards = verification.checks().get(0);
            assertThat(guards.name()).isEqualTo("guards");
            assertThat(guards.failures()).extracting(Failure::subject).contains(subject);
            assertThat(verification.ok()).isFalse();
        }
    }
}
