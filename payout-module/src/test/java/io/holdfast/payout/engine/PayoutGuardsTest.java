package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.Guarded.assertGuarded;
import static io.holdfast.payout.engine.Guarded.execute;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.spi.FailureReason;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself refuses about payouts. */
class PayoutGuardsTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    @BeforeAll
    static void pay() {
        PayoutBench bench = new PayoutBench(DATABASE);
        bench.engine(
                bench.provider("one").onSend(PayoutBench.rejected(FailureReason.INSUFFICIENT_FLOAT), succeeded("r1")));
        bench.payouts().request(bench.aRequest("p1").metadata("a", "b"));
        bench.run();
        bench.clock.move(Duration.ofSeconds(5));
        bench.run();
        bench.assertPaid(100);
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update holdfast.payout_transition set to_status = 'FAILED'",
                "delete from holdfast.payout_transition",
                "truncate holdfast.payout_transition cascade",
                "update holdfast.payout_entry set role = 'RELEASE'",
                "delete from holdfast.payout_entry",
                "update holdfast.payout_reference set reference = 'x'",
                "update holdfast.payout_metadata set value = 'x'",
                "delete from holdfast.payout_item",
                "delete from holdfast.payout_intent",
                "delete from holdfast.payout_state",
                "update holdfast.payout_state set amount = amount + 1",
                "update holdfast.payout_state set created_at = now()",
                "update holdfast.payout_intent set amount = amount + 1",
                "update holdfast.payout_intent set recipient_address = '+255799999999'",
                "update holdfast.payout_intent set key = 'x'",
                "delete from holdfast.payout_attempt",
                "update holdfast.payout_attempt set body = 'x'",
                "update holdfast.payout_attempt set provider_key = 'x'",
                "delete from holdfast.payout_send",
                "update holdfast.payout_send set sent_at = now()",
                "update holdfast.payout_send set outcome = 'UNKNOWN' where outcome = 'SUCCEEDED'"
            })
    void facts_and_what_a_payout_is_about_never_change(String attack) {
        assertGuarded(DATABASE, attack, "HF001");
    }

    @Test
    void two_attempts_are_never_open_or_settled_at_once() {
        assertGuarded(
                DATABASE,
                "update holdfast.payout_attempt set state = 'OPEN', stands = true where attempt_no = 1",
                "23505");
        assertGuarded(DATABASE, "update holdfast.payout_attempt set state = 'OPEN' where attempt_no = 1", "23514");
        assertGuarded(
                DATABASE,
                "update holdfast.payout_attempt set state = 'SETTLED', stands = true where attempt_no = 1",
                "23505");
    }

    @Test
    void a_payout_is_never_both_paid_and_released() {
        assertGuarded(
                DATABASE,
                "insert into holdfast.payout_entry select ledger_id, (select entry_id from holdfast.journal_entry"
                        + " where key = 'top-up'), payout_id, transition_no, 'RELEASE' from holdfast.payout_entry"
                        + " where role = 'COMMIT'",
                "23505");
    }

    @Test
    void no_transition_leads_from_an_end_back_to_doubt() {
        assertGuarded(
                DATABASE,
                "insert into holdfast.payout_transition select ledger_id, payout_id, 99, 'SUCCEEDED', 'PENDING', 'CHANGED',"
                        + " 'SEND', null, null, null, '', '', 'x', now() from holdfast.payout",
                "23514");
    }

    @Test
    void a_state_is_of_the_amount_and_time_of_its_payout() {
        for (String change : List.of("'amount', s.amount + 1", "'created_at', s.created_at + interval '1 second'")) {
            assertGuarded(
                    DATABASE,
                    "with added as (insert into holdfast.payout_intent select (jsonb_populate_record(i, jsonb_build_object("
                            + "'payout_id', '" + new UUID(1, 1)
                            + "', 'key', 'other'))).* from holdfast.payout_intent i limit 1)"
                            + " insert into holdfast.payout_state select (jsonb_populate_record(s, jsonb_build_object("
                            + "'payout_id', '" + new UUID(1, 1) + "', " + change
                            + "))).* from holdfast.payout_state s limit 1",
                    "HF001");
        }
    }

    @Test
    void a_bank_account_is_kept_in_one_spelling() {
        for (String spelling : List.of("0150-123", "0150 123", "0150ab")) {
            assertGuarded(
                    DATABASE,
                    "insert into holdfast.payout_intent select (jsonb_populate_record(i, jsonb_build_object('payout_id', '"
                            + new UUID(1, 1) + "', 'key', 'other', 'recipient_type', 'BANK', 'recipient_bank', 'CRDB',"
                            + " 'recipient_address', '" + spelling + "'))).* from holdfast.payout_intent i limit 1",
                    "23514");
        }
    }

    @Test
    void a_reference_belongs_to_one_attempt() {
        assertGuarded(
                DATABASE,
                "insert into holdfast.payout_reference select ledger_id, provider, reference, payout_id, 1, now()"
                        + " from holdfast.payout_reference",
                "23505");
    }

    @Test
    void what_is_meant_to_change_does() {
        assertThatCode(() -> execute(DATABASE, "update holdfast.payout_state set tries = tries"))
                .doesNotThrowAnyException();
    }
}
