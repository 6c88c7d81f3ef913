package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of everybody else while a host's transaction stays open that has locked one wallet. */
@Timeout(60)
class HeldUpTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void who_has_it_open_can_pay_from_another_wallet_outside_of_it_and_then_commit() throws Exception {
        bench.engine(bench.provider("one"));
        new Wallets(bench.ledger).open("bob", TZS);
        new Wallets(bench.ledger).fund("bob", tzs(20_000), "bob's");
        Future<Payout> waiting;
        try (Connection host = DATABASE.dataSource().getConnection()) {
            host.setAutoCommit(false);
            bench.payouts().within(host).request(bench.aRequest("p1"));
            waiting = threads.submit(() -> bench.request("p2"));
            awaitWaiting(1);

            bench.payouts()
                    .request(PayoutRequest.of("p3", Wallets.account("bob", TZS), tzs(5_000), ASHA)
                            .via("one"));

            assertThat(waiting).isNotDone();
            host.commit();
        }
        assertThat(waiting.get(30, TimeUnit.SECONDS).status()).isEqualTo(PayoutStatus.PENDING);
        bench.assertWallet(7_000, 13_000);
        bench.assertBooks();
    }

    private static void awaitWaiting(int count) throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            int waiting = 0;
            while (waiting < count) {
                try (ResultSet rows = statement.executeQuery(Race.WAITING)) {
                    rows.next();
                    waiting = rows.getInt(1);
                }
            }
        }
    }
}
