package io.holdfast.audit;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.DocumentReference;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.Hold;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.Reversal;
import io.holdfast.ledger.Side;
import io.holdfast.ledger.postgres.PostgresLedger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** A ledger {@code main} with something of everything in it, and a ledger {@code other} beside it. */
final class SampleLedger {

    static final Currency UGX = Currency.of("UGX");
    static final Currency ETH = Currency.of("ETH", 18);
    static final Account BANK = Account.of("assets:bank:settlement", UGX);
    static final Account ALICE = Account.of("liabilities:wallets:alice", UGX);
    static final Account BOB = Account.of("liabilities:wallets:bob", UGX);
    static final Account FLOAT = Account.of("assets:providers:rohopay:float", UGX);
    static final Account FEES = Account.of("revenue:payout-fees", UGX);
    static final Account VAULT = Account.of("assets:vault", ETH);
    static final Account COLD = Account.of("liabilities:wallets:cold", ETH);
    static final Account CLOSED = Account.of("liabilities:wallets:closed", UGX);

    private static final Instant START = Instant.parse("2026-02-01T10:00:00.123456999Z");
    private static final LocalDate JANUARY_20 = LocalDate.of(2026, 1, 20);

    private SampleLedger() {}

    static void fill(DataSource dataSource) {
        Ledger ledger = ledger(dataSource, "main", START);
        open(ledger);
        post(ledger);
        hold(ledger);
        reverse(ledger);
        Ledger later = ledger(dataSource, "main", START.plus(Duration.ofDays(1)));
        later.expireHolds(10);
        later.closeThrough(LocalDate.of(2025, 12, 31));
        later.closeThrough(LocalDate.of(2026, 1, 31));
        Ledger afterClose = ledger(dataSource, "main", START.plus(Duration.ofDays(2)));
        afterClose.post(topUp("after-close", BOB, 77)
                .effectiveOn(LocalDate.of(2026, 2, 3))
                .build());

        Ledger other = ledger(dataSource, "other", START);
        other.open(AccountTerms.of(BANK));
        other.open(AccountTerms.of(ALICE));
        other.post(topUp("other-1", ALICE, 5).build());
    }

    private static Ledger ledger(DataSource dataSource, String name, Instant now) {
        return PostgresLedger.over(dataSource)
                .ledger(name)
                .zone(ZoneId.of("Africa/Kampala"))
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .actor("maker")
                .origin("test")
                .build();
    }

    private static void open(Ledger ledger) {
        ledger.add(ETH);
        for (Account account : List.of(BANK, FLOAT, FEES, VAULT, COLD, CLOSED)) {
            ledger.open(AccountTerms.of(account));
        }
        for (Account wallet : List.of(ALICE, BOB)) {
            ledger.open(AccountTerms.of(wallet).minimum(Money.zero(UGX)));
        }
        ledger.limit(AccountTerms.of(BOB).minimum(Money.zero(UGX)).maximum(Money.ofMinor(UGX, 1_000_000)));
        ledger.freeze(COLD, Set.of(Side.DEBIT));
        ledger.close(CLOSED);
    }

    private static void post(Ledger ledger) {
        ledger.post(topUp("topup-1", ALICE, 25_000)
                .with(new Details(
                        java.util.Optional.of(JANUARY_20),
                        "Top-up of Zoë’s wallet",
                        java.util.Map.of("order", "42", "\uff5e", "tilde", "\ud83d\ude00", "grin"),
                        List.of(new DocumentReference("receipt-1.pdf", "ab".repeat(32))),
                        false))
                .build());
        ledger.post(topUp("topup-2", BOB, 9_000).effectiveOn(JANUARY_20).build());
        ledger.post(JournalEntry.of("both-currencies")
                .posting(Posting.debit(BANK.path(), Money.ofMinor(UGX, 700)).describedAs("cash"))
                .posting(Posting.credit(BOB.path(), Money.ofMinor(UGX, 700)))
                .posting(Posting.debit(VAULT.path(), Money.of(ETH, "1.000000000000000001")))
                .posting(Posting.credit(COLD.path(), Money.of(ETH, "1.000000000000000001")))
                .build());
    }

    private static void hold(Ledger ledger) {
        Hold paid = ledger.hold(hold("paid", 6_500).expiresAt(START.plus(Duration.ofDays(30))));
        ledger.commit(HoldCommit.of(paid.id(), "paid:part")
                .credit(FLOAT.path(), Money.ofMinor(UGX, 2_000))
                .keepRest()
                .build());
        ledger.commit(HoldCommit.of(paid.id(), "paid:rest")
                .credit(FLOAT.path(), Money.ofMinor(UGX, 3_000))
                .credit(FEES.path(), Money.ofMinor(UGX, 500))
                .build());
        Hold released = ledger.hold(hold("released", 400));
        ledger.release(HoldRelease.of(released.id(), "released:failed"));
        ledger.hold(hold("expired", 300).expiresAt(START.plus(Duration.ofHours(1))));
        ledger.hold(hold("open", 200));
        ledger.hold(hold("open-with-deadline", 100).expiresAt(Instant.parse("9999-12-31T23:59:59.999999999Z")));
        ledger.commit(HoldCommit.of(HoldReference.of(Key.of("open")), Key.of("open:part"))
                .credit(FLOAT.path(), Money.ofMinor(UGX, 50))
                .keepRest()
                .build());
    }

    private static void reverse(Ledger ledger) {
        ledger.post(topUp("mistake", ALICE, 1_000).build());
        ledger.reverse(Reversal.of(EntryReference.of(Key.of("mistake")), Key.of("mistake:part"))
                .amount(Money.ofMinor(UGX, 400)));
        ledger.reverse(Reversal.of(EntryReference.of(Key.of("mistake")), Key.of("mistake:rest"))
                .amount(Money.ofMinor(UGX, 600)));
    }

    private static HoldRequest hold(String key, long minor) {
        return HoldRequest.of(key, ALICE, Money.ofMinor(UGX, minor));
    }

    private static JournalEntry.Builder topUp(String key, Account wallet, long minor) {
        return JournalEntry.of(key)
                .debit(BANK.path(), Money.ofMinor(UGX, minor))
                .credit(wallet.path(), Money.ofMinor(UGX, minor));
    }
}
