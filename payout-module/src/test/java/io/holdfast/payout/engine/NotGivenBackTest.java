package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.ApprovalPolicy;
import io.holdfast.payout.ApprovalRule;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Preparation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What was set aside and the database does not let be given back: a person is told, and it is tried again daily. */
class NotGivenBackTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final String BREAK_RELEASES =
            "alter table holdfast.payout_entry add constraint broken check (role <> 'RELEASE') not valid";
    private static final String MEND_RELEASES = "alter table holdfast.payout_entry drop constraint broken";

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void what_nobody_agreed_to_in_time_waits_until_it_can_be_given_back() throws SQLException {
        bench.engine(
                builder -> builder.approvals(ApprovalPolicy.of(new ApprovalRule(tzs(0), 1))), bench.provider("one"));
        Payout payout = bench.request("p1");
        bench.clock.move(Duration.ofDays(8));

        runBroken();

        assertWaits(payout, PayoutStatus.AWAITING_APPROVAL, "Not agreed to in time");
        assertThat(bench.runAfter(Duration.ofDays(1), payout).status()).isEqualTo(PayoutStatus.CANCELLED);
        bench.assertNothingPaid();
    }

    @Test
    void so_does_what_its_provider_would_not_prepare() throws SQLException {
        Preparation refused = new Preparation.Refused(
                FailureReason.DECLINED, "E9", "not +255712345678", Evidence.http(422, "not +255712345678"));
        bench.engine(bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onPrepare(() -> refused)
                .onPrepare(() -> refused));
        Payout payout = bench.request("p1");

        runBroken();

        assertWaits(payout, PayoutStatus.PENDING, "not ");
        assertThat(bench.find(payout).attempts()).isEmpty();
        assertThat(bench.runAfter(Duration.ofDays(1), payout).status()).isEqualTo(PayoutStatus.FAILED);
        bench.assertNothingPaid();
    }

    /** Does what is due while no release can be written down. */
    private void runBroken() throws SQLException {
        execute(BREAK_RELEASES);
        try {
            assertThat(bench.run(10)).isOne();
        } finally {
            execute(MEND_RELEASES);
        }
        bench.assertBooks();
    }

    private void assertWaits(Payout payout, PayoutStatus status, String why) {
        assertThat(bench.find(payout).status()).isEqualTo(status);
        assertThat(bench.payouts().items(10, 0)).singleElement().satisfies(item -> {
            assertThat(item.kind()).isEqualTo(PayoutItem.Kind.NOT_BOOKED);
            assertThat(item.detail()).contains(why, "SQLSTATE 23514").doesNotContain("255712345678");
        });
        bench.assertWallet(13_500, 6_500);
        bench.clock.move(Duration.ofMinutes(15));
        assertThat(bench.run(10)).as("tried again before the day is over").isZero();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
