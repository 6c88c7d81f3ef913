package io.holdfast.ledger.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Command;
import io.holdfast.ledger.CommandGroup;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.HoldState;
import io.holdfast.ledger.KeyedCommand;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.Result;
import io.holdfast.ledger.Side;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds of every plan, for commands that nobody chose. */
class PlannerPropertiesTest {

    private static final int SEEDS = 150;
    private static final int BATCHES = 12;
    private static final BigInteger CEILING = BigInteger.valueOf(700);

    private final Map<String, Integer> seen = new HashMap<>();

    @Test
    void money_is_conserved_and_limits_are_kept_with_holds_counted() {
        Seeds.check(SEEDS, random -> {
            MemoryLedger ledger = ledger(random);
            MovableClock clock = clock();
            RandomCommands commands = new RandomCommands(random, clock::instant, "k");
            for (int batch = 0; batch < BATCHES; batch++) {
                List<Command> asked = commands.next(1 + random.nextInt(20));
                boolean limited = asked.stream().noneMatch(PlannerPropertiesTest::isUnconditional);
                Map<Account, AccountSnapshot> before = Map.copyOf(ledger.accounts);

                note(ledger.execute(asked, clock.instant()));

                assertConserved(ledger);
                assertHoldsAddUp(ledger);
                if (limited) {
                    before.values()
                            .forEach(account ->
                                    assertLimits(account, requireNonNull(ledger.accounts.get(account.account()))));
                }
                advance(random, clock);
            }
        });
        assertThat(seen.keySet())
                .as("the commands are worth something")
                .contains("Recorded", "Replayed", "Refused", "GroupRecorded", "GroupRefused")
                .contains("KEY_CONFLICT", "ACCOUNT_NOT_FOUND", "HOLD_NOT_FOUND", "HOLD_NOT_ACTIVE", "HOLD_EXPIRED")
                .contains("HOLD_EXCEEDED", "ENTRY_NOT_FOUND", "NOT_REVERSIBLE", "ALREADY_REVERSED")
                .contains("INSUFFICIENT_FUNDS", "LIMIT_EXCEEDED", "PERIOD_CLOSED", "MALFORMED");
    }

    @Test
    void any_grouping_gives_the_same_results_and_the_same_rows() {
        Seeds.check(SEEDS, random -> {
            long opening = random.nextLong();
            MemoryLedger oneByOne = ledger(new Random(opening));
            MemoryLedger grouped = ledger(new Random(opening));
            MovableClock clock = clock();
            RandomCommands commands = new RandomCommands(random, clock::instant, "k");
            for (int round = 0; round < BATCHES; round++) {
                List<Command> asked = commands.next(1 + random.nextInt(30));
                List<Result> expected = new ArrayList<>();
                asked.forEach(command -> expected.addAll(oneByOne.execute(List.of(command), clock.instant())));

                List<Result> results = new ArrayList<>();
                for (List<Command> batch : groupings(random, asked)) {
                    results.addAll(grouped.execute(batch, clock.instant()));
                }

                for (int i = 0; i < asked.size(); i++) {
                    assertThat(results.get(i)).isEqualTo(expected.get(i));
                }
                assertSameRows(grouped.rows(), oneByOne.rows());
                advance(random, clock);
            }
        });
    }

    @Test
    void what_is_refused_leaves_the_world_as_it_was() {
        Seeds.check(SEEDS, random -> {
            MemoryLedger ledger = ledger(random);
            MovableClock clock = clock();
            RandomCommands commands = new RandomCommands(random, clock::instant, "k");
            for (Command command : commands.next(200)) {
                Map<String, Object> before = ledger.rows();

                Result result =
                        ledger.execute(List.of(command), clock.instant()).get(0);

                if (result instanceof Result.Refused || result instanceof Result.GroupRefused) {
                    assertSameRows(ledger.rows(), before);
                } else if (result instanceof Result.Recorded recorded) {
                    assertThat(ledger.rows().get("entry " + recorded.entry().key()))
                            .isNotNull();
                }
                advance(random, clock);
            }
        });
    }

    @Test
    void a_group_is_all_or_nothing() {
        Seeds.check(SEEDS, random -> {
            MemoryLedger ledger = ledger(random);
            MovableClock clock = clock();
            RandomCommands commands = new RandomCommands(random, clock::instant, "k");
            for (Command command : commands.next(300)) {
                Result result =
                        ledger.execute(List.of(command), clock.instant()).get(0);
                if (command instanceof CommandGroup group) {
                    assertAllOrNothing(ledger, group, result);
                }
            }
        });
    }

    /** One row at a time, or a failure would fill books. */
    private static void assertSameRows(Map<String, Object> rows, Map<String, Object> expected) {
        expected.forEach((name, row) -> assertThat(rows.get(name)).as(name).isEqualTo(row));
        assertThat(rows.keySet()).isEqualTo(expected.keySet());
    }

    private static void assertAllOrNothing(MemoryLedger ledger, CommandGroup group, Result result) {
        if (result instanceof Result.GroupRecorded recorded) {
            assertThat(recorded.results()).hasSameSizeAs(group.commands());
            group.commands()
                    .forEach(one -> assertThat(ledger.entries.get(one.key())).isNotNull());
        } else {
            Result.GroupRefused refused = (Result.GroupRefused) result;
            assertThat(refused.command()).isBetween(0, group.commands().size() - 1);
        }
    }

    private static void assertConserved(MemoryLedger ledger) {
        Map<Currency, BigInteger> totals = new HashMap<>();
        for (AccountSnapshot account : ledger.accounts.values()) {
            boolean debit = account.account().normalSide() == Side.DEBIT;
            totals.merge(
                    account.account().currency(),
                    debit ? account.total() : account.total().negate(),
                    BigInteger::add);
        }
        assertThat(totals.values()).allMatch(total -> total.signum() == 0);
        Map<Account, BigInteger> sums = new HashMap<>();
        for (PlannedEntry entry : ledger.journal) {
            for (Posting posting : entry.entry().postings()) {
                sums.merge(posting.account(), posting.effect().minor(), BigInteger::add);
            }
        }
        sums.forEach((account, sum) ->
                assertThat(requireNonNull(ledger.accounts.get(account)).total()).isEqualTo(sum));
    }

    private static void assertHoldsAddUp(MemoryLedger ledger) {
        for (AccountSnapshot account : ledger.accounts.values()) {
            List<HoldSnapshot> active = ledger.holds.values().stream()
                    .filter(hold -> hold.accountId() == account.id() && hold.state() == HoldState.ACTIVE)
                    .toList();
            assertThat(active.stream().map(HoldSnapshot::remaining).reduce(BigInteger.ZERO, BigInteger::add))
                    .isEqualTo(account.held());
            active.stream()
                    .flatMap(hold -> hold.expiresAt().stream())
                    .forEach(expiry ->
                            assertThat(account.earliestExpiry().orElseThrow()).isBeforeOrEqualTo(expiry));
        }
        assertThat(ledger.holds.values())
                .allMatch(hold -> hold.committed().add(hold.remaining()).compareTo(hold.amount()) <= 0)
                .allMatch(hold -> (hold.remaining().signum() > 0) == (hold.state() == HoldState.ACTIVE));
    }

    /** An account is within its limits, or no further beyond them than it was. */
    private static void assertLimits(AccountSnapshot before, AccountSnapshot after) {
        after.terms()
                .minimum()
                .ifPresent(minimum ->
                        assertThat(after.available()).isGreaterThanOrEqualTo(minimum.min(before.available())));
        after.terms()
                .maximum()
                .ifPresent(maximum -> assertThat(after.total()).isLessThanOrEqualTo(maximum.max(before.total())));
    }

    static boolean isUnconditional(Command command) {
        List<KeyedCommand> commands =
                command instanceof CommandGroup group ? group.commands() : List.of((KeyedCommand) command);
        return commands.stream().map(KeyedCommand::details).anyMatch(Details::unconditional);
    }

    /** Cuts commands into batches anywhere. */
    static <T> List<List<T>> groupings(Random random, List<T> commands) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < commands.size(); ) {
            int to = Math.min(commands.size(), from + 1 + random.nextInt(12));
            batches.add(commands.subList(from, to));
            from = to;
        }
        return batches;
    }

    private static MovableClock clock() {
        return new MovableClock(TestLedger.NOON);
    }

    private static void advance(Random random, MovableClock clock) {
        clock.advance(java.time.Duration.ofSeconds(random.nextInt(3) == 0 ? random.nextInt(30) : 0));
    }

    private static MemoryLedger ledger(Random random) {
        MemoryLedger ledger = new MemoryLedger();
        for (Account account : RandomCommands.ACCOUNTS) {
            boolean limited =
                    account.path().contains("wallets") || account.path().contains("till");
            ledger.open(
                    account,
                    new AccountSnapshot.Terms(
                            limited ? Optional.of(BigInteger.ZERO) : Optional.empty(),
                            limited && random.nextBoolean() ? Optional.of(CEILING) : Optional.empty(),
                            random.nextInt(30) == 0,
                            random.nextInt(30) == 0,
                            random.nextInt(60) == 0));
        }
        if (random.nextInt(3) == 0) {
            Instant now = TestLedger.NOON;
            ledger.closeThrough(LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(3));
        }
        return ledger;
    }

    private void note(List<Result> results) {
        for (Result result : results) {
            seen.merge(result.getClass().getSimpleName(), 1, Integer::sum);
            if (result instanceof Result.Refused refused) {
                seen.merge(refused.refusal().code(), 1, Integer::sum);
            }
        }
    }
}
