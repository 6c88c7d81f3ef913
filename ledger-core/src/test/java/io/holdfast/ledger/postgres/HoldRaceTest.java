package io.holdfast.ledger.postgres;

import static io.holdfast.ledger.postgres.TestLedger.FEES;
import static io.holdfast.ledger.postgres.TestLedger.transfer;
import static io.holdfast.ledger.postgres.TestLedger.ugx;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Hold;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.HoldState;
import io.holdfast.ledger.KeyedCommand;
import io.holdfast.ledger.RefusedException;
import io.holdfast.ledger.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However many race for one wallet, it is never spent twice and each hold ends once. */
class HoldRaceTest {

    private static final int THREADS = 64;

    private final TestLedger scene = TestLedger.open();
    private final PostgresLedger ledger = scene.ledger();
    private final Account wallet = scene.wallet("alice", 1_000);

    @AfterEach
    void facts_and_projections_agree() {
        scene.assertSound();
    }

    @Test
    void sixty_four_threads_that_hold_more_than_there_is_get_exactly_what_there_is() throws Exception {
        List<String> outcomes = Threads.race(THREADS, i -> outcome(() -> scene.hold("h" + i, wallet, 30)));

        assertThat(outcomes.stream().filter("done"::equals)).hasSize(33);
        assertThat(outcomes.stream().filter("INSUFFICIENT_FUNDS"::equals)).hasSize(THREADS - 33);
        scene.assertBalance(wallet, 10, 990);
    }

    @Test
    void a_hold_that_sixty_four_threads_commit_or_release_ends_once_and_the_losers_learn_how() throws Exception {
        Hold hold = scene.hold("h", wallet, 600);

        List<String> outcomes = Threads.race(
                THREADS,
                i -> outcome(() -> {
                    if (i % 2 == 0) {
                        ledger.commit(HoldCommit.of(hold.id(), "c" + i)
                                .credit(FEES.path(), ugx(600))
                                .build());
                    } else {
                        ledger.release(HoldRelease.of(hold.id(), "r" + i));
                    }
                }));

        assertThat(outcomes).containsOnlyOnce("done");
        assertThat(outcomes.stream().filter("HOLD_NOT_ACTIVE"::equals)).hasSize(THREADS - 1);
        boolean committed = outcomes.indexOf("done") % 2 == 0;
        assertThat(ledger.hold(HoldReference.of(hold.id())).orElseThrow().state())
                .isEqualTo(committed ? HoldState.COMMITTED : HoldState.RELEASED);
        scene.assertBalance(wallet, committed ? 400 : 1_000, 0);
    }

    @Test
    void sixty_four_partial_commits_take_no_more_than_was_held() throws Exception {
        Hold hold = scene.hold("h", wallet, 100);

        List<String> outcomes = Threads.race(
                THREADS,
                i -> outcome(() -> ledger.commit(HoldCommit.of(hold.id(), "c" + i)
                        .credit(FEES.path(), ugx(3))
                        .keepRest()
                        .build())));

        assertThat(outcomes.stream().filter("done"::equals)).hasSize(33);
        assertThat(outcomes.stream().filter("HOLD_EXCEEDED"::equals)).hasSize(THREADS - 33);
        scene.assertBalance(wallet, 900, 1);
        scene.assertBalance(FEES, 99, 0);
    }

    @Test
    void a_hold_that_expires_in_the_middle_of_a_race_ends_once() throws Exception {
        Hold hold = ledger.hold(HoldRequest.of("h", wallet, ugx(600))
                .expiresAt(scene.clock().instant().plusSeconds(1)));
        AtomicInteger calls = new AtomicInteger();

        List<String> outcomes = Threads.race(
                THREADS,
                i -> outcome(() -> {
                    if (calls.incrementAndGet() == THREADS / 2) {
                        scene.clock().advance(Duration.ofSeconds(1));
                    }
                    switch (i % 4) {
                        case 0 -> ledger.expireHolds(10);
                        case 1 ->
                            ledger.commit(HoldCommit.of(hold.id(), "c" + i)
                                    .credit(FEES.path(), ugx(1))
                                    .keepRest()
                                    .build());
                        case 2 -> ledger.post(transfer("t" + i, wallet, FEES, 20));
                        default ->
                            ledger.commit(HoldCommit.of(hold.id(), "c" + i)
                                    .credit(FEES.path(), ugx(600))
                                    .build());
                    }
                }));

        assertThat(outcomes)
                .allMatch(outcome -> List.of(
                                "done", "HOLD_EXPIRED", "HOLD_NOT_ACTIVE", "HOLD_EXCEEDED", "INSUFFICIENT_FUNDS")
                        .contains(outcome));
        assertThat(ledger.hold(HoldReference.of(hold.id())).orElseThrow().state())
                .isIn(HoldState.COMMITTED, HoldState.EXPIRED);
    }

    @Test
    void everything_at_once_on_one_wallet_never_oversubscribes_it() throws Exception {
        Map<String, Hold> placed = new ConcurrentHashMap<>();

        Threads.race(THREADS, i -> {
            Random random = new Random(i);
            for (int n = 0; n < 15; n++) {
                String key = i + "-" + n;
                if (random.nextInt(20) == 0) {
                    scene.clock().advance(Duration.ofSeconds(1));
                }
                outcome(() -> anything(random, key, placed));
                if (random.nextInt(5) == 0) {
                    assertThat(ledger.balance(wallet).available().isNegative()).isFalse();
                }
            }
            return i;
        });

        Map<HoldState, Long> states = placed.values().stream()
                .map(hold ->
                        ledger.hold(HoldReference.of(hold.id())).orElseThrow().state())
                .collect(Collectors.groupingBy(state -> state, Collectors.counting()));
        assertThat(states).containsKeys(HoldState.COMMITTED, HoldState.RELEASED, HoldState.EXPIRED);
        assertThat(ledger.balance(wallet).available().isNegative()).isFalse();
    }

    private void anything(Random random, String key, Map<String, Hold> placed) {
        List<Hold> known = List.copyOf(placed.values());
        Hold some = known.isEmpty() ? null : known.get(random.nextInt(known.size()));
        int choice = some == null ? 0 : random.nextInt(7);
        if (choice <= 1 || some == null) {
            placed.put(
                    key,
                    ledger.hold(HoldRequest.of(key, wallet, ugx(1 + random.nextInt(300)))
                            .expiresAt(scene.clock().instant().plusSeconds(1 + random.nextInt(60)))));
        } else if (choice == 2) {
            ledger.commit(HoldCommit.of(some.id(), key)
                    .credit(FEES.path(), ugx(1))
                    .keepRest()
                    .build());
        } else if (choice == 3) {
            ledger.commit(HoldCommit.of(some.id(), key)
                    .credit(FEES.path(), ugx(1 + random.nextInt(20)))
                    .build());
        } else if (choice == 4) {
            ledger.release(HoldRelease.of(some.id(), key));
        } else if (choice == 5) {
            ledger.expireHolds(3);
        } else {
            ledger.post(transfer(key, wallet, FEES, 1 + random.nextInt(10)));
        }
    }

    @Test
    void batches_and_single_calls_race_for_the_same_holds() throws Exception {
        List<HoldRequest> requests = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            requests.add(HoldRequest.of("h" + i, wallet, ugx(10)));
        }
        List<Hold> holds = ledger.execute(requests).stream()
                .map(result -> ledger.hold(
                                HoldReference.of(TestLedger.recorded(result).id()))
                        .orElseThrow())
                .toList();

        List<Long> won = Threads.race(8, i -> {
            List<KeyedCommand> releases = new ArrayList<>();
            for (Hold hold : holds) {
                releases.add(HoldRelease.of(hold.id(), "r" + i + "-" + hold.key()));
            }
            if (i % 2 == 0) {
                return ledger.execute(releases).stream()
                        .filter(Result.Recorded.class::isInstance)
                        .count();
            }
            return releases.stream()
                    .filter(release ->
                            outcome(() -> ledger.release((HoldRelease) release)).equals("done"))
                    .count();
        });

        assertThat(won.stream().mapToLong(Long::longValue).sum()).isEqualTo(100);
        scene.assertBalance(wallet, 1_000, 0);
    }

    private static String outcome(Runnable call) {
        try {
            call.run();
            return "done";
        } catch (RefusedException refused) {
            return refused.refusal().code();
        }
    }
}
