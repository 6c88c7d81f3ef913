package io.holdfast.ledger.postgres;

import static io.holdfast.ledger.postgres.TestLedger.FEES;
import static io.holdfast.ledger.postgres.TestLedger.NOON;
import static io.holdfast.ledger.postgres.TestLedger.TODAY;
import static io.holdfast.ledger.postgres.TestLedger.dataSource;
import static io.holdfast.ledger.postgres.TestLedger.refusal;
import static io.holdfast.ledger.postgres.TestLedger.transfer;
import static io.holdfast.ledger.postgres.TestLedger.ugx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.EntryIds;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.HoldState;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Result;
import io.holdfast.ledger.postgres.session.Jooq;
import java.math.BigInteger;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An account on which far more holds have expired than a command should have to look at. */
class ManyExpiredHoldsTest {

    private static final int HOLDS = 1_350;
    private static final int WANTED = 10;
    private static final int IN_MEMORY = 20_000;

    private final TestLedger scene = TestLedger.open();
    private final PostgresLedger ledger = scene.ledger();
    private final Account wallet = scene.wallet("alice", HOLDS);

    @Test
    void a_command_releases_as_many_as_it_needs_the_earliest_first_however_many_were_read_at_once() {
        expireAll();

        ledger.post(transfer("t", wallet, FEES, 1_240));

        assertThat(ledger.holds(HoldState.EXPIRED, 10_000, 0)).hasSize(HOLDS);
        assertThat(released()).isEqualTo(1_240);
        assertThat(scene.number("select count(*) from holdfast.hold where ledger_id = %d and state = 'EXPIRED'"
                        + " and expires_at > timestamptz '2026-03-10 12:00:00Z' + interval '1 ms' * 1240"))
                .isZero();
        scene.assertBalance(wallet, HOLDS - 1_240, 0);
        scene.assertSound();
    }

    @Test
    void what_all_of_them_together_cannot_make_up_for_is_refused_and_they_stay() {
        expireAll();

        assertThat(refusal(() -> ledger.post(transfer("t", wallet, FEES, HOLDS + 1))))
                .isEqualTo(new Refusal.InsufficientFunds(wallet, ugx(HOLDS + 1), ugx(HOLDS), ugx(0)));

        assertThat(released()).isZero();
    }

    @Test
    void a_batch_releases_what_its_commands_would_one_by_one() {
        expireAll();
        List<JournalEntry> entries = new ArrayList<>();
        IntStream.range(0, 27).forEach(i -> entries.add(transfer("t" + i, wallet, FEES, 49)));
        entries.add(transfer("too much", wallet, FEES, 28));
        entries.add(transfer("the rest", wallet, FEES, 27));

        List<Result> results = ledger.execute(entries);

        assertThat(results.stream().filter(Result.Recorded.class::isInstance)).hasSize(28);
        assertThat(results.get(27)).isInstanceOf(Result.Refused.class);
        assertThat(released()).isEqualTo(HOLDS);
        assertThat(scene.number(
                        "select count(*) from holdfast.balance where ledger_id = %d and earliest_expiry is not null"))
                .as("nothing is left to watch for")
                .isZero();
        scene.assertSound();
    }

    @Test
    void no_more_are_read_than_wanted_and_one_which_says_that_there_are_more() throws Exception {
        expireAll();
        Book book = bookOf(scene.name());
        try (Connection connection = dataSource().getConnection()) {
            List<HoldSnapshot> read = new HoldReader(book)
                    .overdue(
                            Jooq.on(connection),
                            List.of(scene.number("select account_id from holdfast.account where ledger_id = %d"
                                    + " and path = 'liabilities:wallets:alice'")),
                            scene.clock().instant(),
                            WANTED);

            assertThat(read).hasSize(WANTED + 1).isSortedAccordingTo(HoldSnapshot.BY_DEADLINE);
        }
    }

    @Test
    void releasing_very_many_takes_time_in_proportion_to_their_number() {
        Moment later = new Moment(NOON.plusSeconds(1), TODAY, Optional.empty());
        World world = new World();
        world.addAccount(new AccountSnapshot(
                1,
                wallet,
                BigInteger.ZERO,
                BigInteger.valueOf(IN_MEMORY),
                1,
                new AccountSnapshot.Terms(Optional.of(BigInteger.ZERO), Optional.empty(), false, false, false),
                Optional.of(NOON)));
        List<HoldSnapshot> holds = IntStream.range(0, IN_MEMORY)
                .mapToObj(i -> new HoldSnapshot(
                        new UUID(0, i),
                        1,
                        BigInteger.ONE,
                        BigInteger.ZERO,
                        BigInteger.ONE,
                        HoldState.ACTIVE,
                        Optional.of(NOON)))
                .toList();
        holds.forEach(world::addHold);
        EntryIds ids = at -> new UUID(1, world.planned().size());
        Bookkeeper bookkeeper = new Bookkeeper(world, later, ids, "main", "test");

        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> holds.forEach(bookkeeper::expire));

        assertThat(world.account(1).available()).isEqualTo(BigInteger.valueOf(IN_MEMORY));
        assertThat(world.account(1).earliestExpiry()).isEmpty();
    }

    private void expireAll() {
        List<HoldRequest> requests = IntStream.range(0, HOLDS)
                .mapToObj(
                        i -> HoldRequest.of("h" + i, wallet, ugx(1)).expiresAt(NOON.plusMillis(1 + (i * 37L) % HOLDS)))
                .toList();
        assertThat(ledger.execute(requests.subList(0, HOLDS / 2))).hasOnlyElementsOfType(Result.Recorded.class);
        assertThat(ledger.execute(requests.subList(HOLDS / 2, HOLDS))).hasOnlyElementsOfType(Result.Recorded.class);
        scene.clock().advance(Duration.ofMinutes(1));
    }

    private long released() {
        return scene.number("select count(*) from holdfast.hold where ledger_id = %d and state = 'EXPIRED'");
    }

    private static Book bookOf(String name) throws Exception {
        try (Connection connection = dataSource().getConnection()) {
            return Book.open(Jooq.on(connection), name, Optional.empty(), Optional.empty());
        }
    }
}
