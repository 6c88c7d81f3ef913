package io.holdfast.books;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.AsOf;
import io.holdfast.ledger.Command;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.Side;
import io.holdfast.ledger.Statement;
import io.holdfast.ledger.postgres.PostgresLedger;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** On random books, trial balance, balances and statements agree to the last digit, at any point of both time axes. */
class BooksAgreeTest {

    private static final long SEED = Long.getLong("holdfast.test.seed", System.nanoTime());
    private static final int BATCHES = 12;
    private static final int COMMANDS = 40;
    private static final int POINTS = 25;
    private static final int DAYS = 60;
    private static final Instant START = Instant.parse("2026-02-01T08:00:00Z");
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
    private static final List<Currency> CURRENCIES =
            List.of(Currency.of("UGX"), Currency.of("USD"), Currency.of("ETH", 18));
    private static final List<String> PATHS = List.of(
            "assets:bank",
            "assets:float",
            "liabilities:alice",
            "liabilities:bob",
            "equity:capital",
            "revenue:fees",
            "expenses:fees");

    private final Random random = new Random(SEED);
    private int commands;

    @Test
    void reports_agree_on_random_books() {
        try (TestDatabase database = TestDatabase.create()) {
            for (int batch = 0; batch < BATCHES; batch++) {
                Ledger ledger = ledgerAt(database, START.plus(Duration.ofDays(batch)));
                openAccounts(ledger);
                List<Command> random = new ArrayList<>();
                for (int i = 0; i < COMMANDS; i++) {
                    random.add(command());
                }
                ledger.execute(random);
            }
            Ledger ledger = ledgerAt(database, START);
            Books books = Books.over(database.dataSource(), "main");
            for (int i = 0; i < POINTS; i++) {
                agree(ledger, books, point());
            }
            agree(ledger, books, AsOf.EVERYTHING);
        }
    }

    private void agree(Ledger ledger, Books books, AsOf asOf) {
        String replay = "holdfast.test.seed=" + SEED + " as of " + asOf;
        TrialBalance trialBalance = books.trialBalance(asOf);
        assertThat(trialBalance.isBalanced()).as(replay).isTrue();
        Map<Account, TrialBalance.Row> rows =
                trialBalance.rows().stream().collect(Collectors.toMap(TrialBalance.Row::account, Function.identity()));
        for (Account account : accounts()) {
            Money total = ledger.balance(account, asOf).total();
            assertThat(normal(account, rows)).as(replay + " of " + account).isEqualTo(total);
            Statement statement =
                    ledger.statement(account, FIRST_DAY, asOf.effective().orElse(FIRST_DAY.plusDays(DAYS)), asOf);
            assertThat(statement.opening().total().isZero()).as(replay).isTrue();
            assertThat(statement.closing().total())
                    .as(replay + " of " + account)
                    .isEqualTo(total);
        }
        trialBalance.totals().forEach(total -> {
            Money sum = trialBalance.rows().stream()
                    .filter(row -> row.account().currency().equals(total.currency()))
                    .map(TrialBalance.Row::debit)
                    .reduce(Money.zero(total.currency()), Money::plus);
            assertThat(sum).as(replay).isEqualTo(total.debit());
        });
    }

    private static Money normal(Account account, Map<Account, TrialBalance.Row> rows) {
        return Optional.ofNullable(rows.get(account))
                .map(row -> account.normalSide() == Side.DEBIT
                        ? row.debit().minus(row.credit())
                        : row.credit().minus(row.debit()))
                .orElse(Money.zero(account.currency()));
    }

    private Command command() {
        Key key = Key.of("k" + commands++);
        Details details = Details.NONE.effectiveOn(FIRST_DAY.plusDays(random.nextInt(DAYS)));
        Currency currency = pick(CURRENCIES);
        Account account = Account.of(pick(PATHS), currency);
        Money amount = amount(currency);
        return switch (random.nextInt(6)) {
            case 0 -> new HoldRequest(key, details, account, amount, Optional.empty());
            case 1 ->
                new HoldCommit(
                        key,
                        details,
                        HoldReference.of(Key.of("k" + random.nextInt(commands))),
                        List.of(Posting.of(
                                pick(PATHS), account.normalSide(), Money.ofMinor(currency, 1 + random.nextInt(50)))),
                        Optional.of(random.nextBoolean()));
            default -> new JournalEntry(key, details, postings(currency, amount));
        };
    }

    private List<Posting> postings(Currency currency, Money amount) {
        List<Posting> postings = new ArrayList<>();
        postings.add(Posting.debit(pick(PATHS), amount));
        postings.add(Posting.credit(pick(PATHS), amount));
        if (random.nextBoolean()) {
            Currency other = CURRENCIES.get((CURRENCIES.indexOf(currency) + 1) % CURRENCIES.size());
            List<Money> parts =
                    Money.ofMinor(other, 10_000).allocate(List.of(1 + random.nextInt(9), 1 + random.nextInt(9)));
            postings.add(Posting.debit(pick(PATHS), Money.ofMinor(other, 10_000)));
            parts.forEach(part -> postings.add(Posting.credit(pick(PATHS), part)));
        }
        return postings;
    }

    private Money amount(Currency currency) {
        return Money.ofMinor(currency, new BigInteger(1 + random.nextInt(100), random).add(BigInteger.ONE));
    }

    private AsOf point() {
        AsOf effective = AsOf.effective(FIRST_DAY.plusDays(random.nextInt(DAYS)));
        return random.nextBoolean()
                ? effective
                : effective.recordedBy(START.plus(Duration.ofDays(random.nextInt(BATCHES))));
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static void openAccounts(Ledger ledger) {
        ledger.add(CURRENCIES.get(2));
        accounts().forEach(account -> ledger.open(AccountTerms.of(account)));
    }

    private static List<Account> accounts() {
        return PATHS.stream()
                .flatMap(path -> CURRENCIES.stream().map(currency -> Account.of(path, currency)))
                .toList();
    }

    private static Ledger ledgerAt(TestDatabase database, Instant now) {
        return PostgresLedger.over(database.dataSource())
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .build();
    }
}
