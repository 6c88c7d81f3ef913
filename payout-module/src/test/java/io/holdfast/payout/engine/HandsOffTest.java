package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.RefusedException;
import io.holdfast.ledger.Reversal;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Feature;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a payout has recorded in the journal nobody else ends or reverses. */
class HandsOffTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.REVERSALS));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void its_hold_is_neither_released_nor_spent_by_hand_however_it_is_named() {
        Payout payout = inDoubt();
        HoldReference byId = HoldReference.of(payout.hold());
        HoldReference byKey = HoldReference.of(bench.ledger
                .entry(EntryReference.of(payout.hold()))
                .orElseThrow()
                .key());

        for (HoldReference hold : new HoldReference[] {byId, byKey}) {
            assertRefused(() -> bench.ledger.release(HoldRelease.of(hold, Key.of("by-hand"))));
            assertRefused(() -> bench.ledger.commit(HoldCommit.of(hold, Key.of("by-hand"))
                    .debit(PayoutBench.ALICE.path(), tzs(6_500))
                    .credit("revenue:payout-fees", tzs(6_500))
                    .build()));
        }

        bench.assertWallet(13_500, 6_500);
        bench.apply(payout, 1, succeeded("r1"));
        bench.assertPaid(100);
    }

    @Test
    void what_a_late_success_took_is_not_put_back_by_hand() {
        Payout payout = inDoubt();
        bench.apply(payout, 1, failed("r1"));
        bench.apply(payout, 1, succeeded("r1"));
        assertThat(bench.find(payout)).returns(true, Payout::late).returns(PayoutStatus.SUCCEEDED, Payout::status);
        UUID late = bench.find(payout).entries().get(2);

        assertRefused(() -> bench.ledger.reverse(Reversal.of(late, "by-hand")));

        bench.assertPaid(100);
    }

    @Test
    void the_database_refuses_it_too() throws SQLException {
        Payout payout = inDoubt();

        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute(released(payout.hold(), "by-hand")))
                    .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo("HF009"))
                    .withMessageContaining("only the payout ends");
        }
    }

    @Test
    void other_holds_of_the_same_wallet_are_its_owners() {
        inDoubt();
        UUID own = bench.ledger
                .hold(HoldRequest.of("mine", PayoutBench.ALICE, tzs(100)))
                .id();

        bench.ledger.release(HoldRelease.of(own, "mine-again"));

        bench.assertWallet(13_500, 6_500);
    }

    private Payout inDoubt() {
        Payout payout = bench.sent(one, timeout());
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        return payout;
    }

    /** Returns SQL that records the release of a hold as somebody would who writes to the tables himself. */
    private static String released(UUID hold, String key) {
        UUID entry = new UUID(1, 1);
        return ("with released as (insert into holdfast.journal_entry select (jsonb_populate_record(e, jsonb_build_object("
                        + "'entry_id', '%s', 'kind', 'release', 'key', '%s'))).* from holdfast.journal_entry e where e.entry_id = '%s')"
                        + " insert into holdfast.posting select (jsonb_populate_record(p, jsonb_build_object('entry_id', '%s'))).*"
                        + " from holdfast.posting p where p.entry_id = '%s'")
                .formatted(entry, key, hold, entry, hold);
    }

    private static void assertRefused(ThrowingCallable byHand) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(byHand)
                .satisfies(refused -> assertThat(refused.refusal().code()).isEqualTo("OF_PAYOUT"))
                .withMessageContaining("cancel or resolve the payout");
    }
}
