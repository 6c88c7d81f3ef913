package io.holdfast.ledger.postgres;

import static io.holdfast.ledger.postgres.TestLedger.BANK;
import static io.holdfast.ledger.postgres.TestLedger.FEES;
import static io.holdfast.ledger.postgres.TestLedger.TODAY;
import static io.holdfast.ledger.postgres.TestLedger.UGX;
import static io.holdfast.ledger.postgres.TestLedger.refusal;
import static io.holdfast.ledger.postgres.TestLedger.transfer;
import static io.holdfast.ledger.postgres.TestLedger.ugx;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.Hold;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Reversal;
import io.holdfast.ledger.Side;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Where several rules say no, the first is given: key, period, accounts named by the command, hold or entry, limits. Each
 * test takes one more reason away.
 */
class RefusalOrderTest {

    private static final Details CLOSED_DAY = Details.NONE.effectiveOn(TODAY.minusDays(1));
    private static final Account UNKNOWN = Account.of("revenue:unknown", UGX);
    private static final HoldReference NO_HOLD = HoldReference.of(new UUID(1, 1));
    private static final EntryReference NO_ENTRY = EntryReference.of(new UUID(1, 1));

    private final TestLedger scene = TestLedger.open();
    private final PostgresLedger ledger = scene.ledger();
    private final Account wallet = scene.wallet("alice", 1_000);
    private final Account frozen = scene.wallet("frozen", 1_000);
    private final Account closed = scene.wallet("closed");

    @BeforeEach
    void given_reasons_to_refuse() {
        ledger.post(transfer("taken", wallet, FEES, 1));
        ledger.freeze(frozen, Set.of(Side.DEBIT, Side.CREDIT));
        ledger.close(closed);
        ledger.closeThrough(TODAY.minusDays(1));
    }

    @Test
    void of_a_post_key_period_accounts_limits() {
        assertCode("KEY_CONFLICT", post("taken", CLOSED_DAY, UNKNOWN));
        assertCode("PERIOD_CLOSED", post("k", CLOSED_DAY, UNKNOWN));
        assertCode("ACCOUNT_NOT_FOUND", post("k", Details.NONE, UNKNOWN));
        assertCode("ACCOUNT_CLOSED", post("k", Details.NONE, closed));
        assertCode("ACCOUNT_FROZEN", post("k", Details.NONE, frozen));
        assertCode("INSUFFICIENT_FUNDS", post("k", Details.NONE, FEES));
    }

    @Test
    void of_a_hold_key_period_account_limits() {
        assertCode("KEY_CONFLICT", hold("taken", CLOSED_DAY, UNKNOWN));
        assertCode("PERIOD_CLOSED", hold("k", CLOSED_DAY, UNKNOWN));
        assertCode("ACCOUNT_NOT_FOUND", hold("k", Details.NONE, UNKNOWN));
        assertCode("ACCOUNT_CLOSED", hold("k", Details.NONE, closed));
        assertCode("ACCOUNT_FROZEN", hold("k", Details.NONE, frozen));
        assertCode("INSUFFICIENT_FUNDS", hold("k", Details.NONE, wallet));
    }

    @Test
    void of_a_commit_key_period_accounts_hold_limits() {
        Hold hold = scene.hold("h", wallet, 100);
        Hold ended = scene.hold("ended", wallet, 100);
        ledger.release(HoldRelease.of(ended.id(), "r"));
        ledger.limit(io.holdfast.ledger.AccountTerms.of(FEES).maximum(ugx(50)));

        assertCode("KEY_CONFLICT", commit("taken", CLOSED_DAY, NO_HOLD, UNKNOWN, 101));
        assertCode("PERIOD_CLOSED", commit("k", CLOSED_DAY, NO_HOLD, UNKNOWN, 101));
        assertCode("ACCOUNT_NOT_FOUND", commit("k", Details.NONE, NO_HOLD, UNKNOWN, 101));
        assertCode("ACCOUNT_CLOSED", commit("k", Details.NONE, NO_HOLD, closed, 101));
        assertCode("ACCOUNT_FROZEN", commit("k", Details.NONE, NO_HOLD, frozen, 101));
        assertCode("ACCOUNT_FROZEN", commit("k", Details.NONE, HoldReference.of(ended.id()), frozen, 101));
        assertCode("HOLD_NOT_FOUND", commit("k", Details.NONE, NO_HOLD, FEES, 101));
        assertCode("HOLD_NOT_ACTIVE", commit("k", Details.NONE, HoldReference.of(ended.id()), FEES, 101));
        assertCode("HOLD_EXCEEDED", commit("k", Details.NONE, HoldReference.of(hold.id()), FEES, 101));
        assertCode("LIMIT_EXCEEDED", commit("k", Details.NONE, HoldReference.of(hold.id()), FEES, 100));
    }

    @Test
    void of_a_release_key_period_hold() {
        HoldRelease release = HoldRelease.of(NO_HOLD, Key.of("k"));

        assertThat(refusal(() -> ledger.release(
                                HoldRelease.of(NO_HOLD, Key.of("taken")).with(CLOSED_DAY)))
                        .code())
                .isEqualTo("KEY_CONFLICT");
        assertThat(refusal(() -> ledger.release(release.with(CLOSED_DAY))).code())
                .isEqualTo("PERIOD_CLOSED");
        assertThat(refusal(() -> ledger.release(release)).code()).isEqualTo("HOLD_NOT_FOUND");
    }

    @Test
    void of_a_reversal_key_period_accounts_entry_limits() {
        RecordedEntry original = ledger.post(transfer("o", wallet, FEES, 100));
        EntryReference entry = EntryReference.of(original.id());
        EntryReference notPlain = EntryReference.of(scene.hold("h", wallet, 1).id());

        assertCode("KEY_CONFLICT", reversal("taken", CLOSED_DAY, NO_ENTRY, UNKNOWN, 101));
        assertCode("PERIOD_CLOSED", reversal("k", CLOSED_DAY, NO_ENTRY, UNKNOWN, 101));
        assertCode("ACCOUNT_NOT_FOUND", reversal("k", Details.NONE, NO_ENTRY, UNKNOWN, 101));
        assertCode("ACCOUNT_CLOSED", reversal("k", Details.NONE, NO_ENTRY, closed, 101));
        assertCode("ACCOUNT_FROZEN", reversal("k", Details.NONE, NO_ENTRY, frozen, 101));
        assertCode("ENTRY_NOT_FOUND", reversal("k", Details.NONE, NO_ENTRY, FEES, 101));
        assertCode("NOT_REVERSIBLE", reversal("k", Details.NONE, notPlain, FEES, 101));
        assertCode("ALREADY_REVERSED", reversal("k", Details.NONE, entry, FEES, 101));
        ledger.limit(io.holdfast.ledger.AccountTerms.of(FEES).minimum(ugx(99)));
        assertCode("INSUFFICIENT_FUNDS", reversal("k", Details.NONE, entry, FEES, 100));
    }

    @Test
    void an_account_that_is_not_found_comes_before_one_that_is_closed_or_frozen_wherever_it_is_named() {
        JournalEntry entry = JournalEntry.of("k")
                .debit(frozen.path(), ugx(1))
                .debit(closed.path(), ugx(1))
                .credit(UNKNOWN.path(), ugx(2))
                .build();

        assertThat(refusal(() -> ledger.post(entry))).isEqualTo(new Refusal.AccountNotFound(UNKNOWN));
    }

    @Test
    void of_two_accounts_the_frozen_one_comes_before_the_closed_one_wherever_they_are_named() {
        JournalEntry entry = JournalEntry.of("k")
                .debit(closed.path(), ugx(1))
                .debit(frozen.path(), ugx(1))
                .credit(FEES.path(), ugx(2))
                .build();

        assertThat(refusal(() -> ledger.post(entry))).isEqualTo(new Refusal.AccountFrozen(frozen, Side.DEBIT));
    }

    @Test
    void an_account_that_was_frozen_when_it_was_closed_is_closed() {
        Account both = scene.wallet("both");
        ledger.freeze(both, Set.of(Side.DEBIT, Side.CREDIT));
        ledger.close(both);

        assertCode("ACCOUNT_CLOSED", post("k", Details.NONE, both));
    }

    @Test
    void a_hold_that_has_expired_says_so_and_not_that_it_is_exceeded() {
        Hold hold = ledger.hold(HoldRequest.of("h", wallet, ugx(100))
                .expiresAt(scene.clock().instant().plusSeconds(1)));
        scene.clock().advance(java.time.Duration.ofSeconds(1));

        assertCode("HOLD_EXPIRED", commit("k", Details.NONE, HoldReference.of(hold.id()), FEES, 101));
    }

    @Test
    void an_account_of_another_currency_or_other_decimals_is_another_account() {
        io.holdfast.ledger.Currency usd = io.holdfast.ledger.Currency.of("USD");
        JournalEntry dollars = JournalEntry.of("k")
                .debit(BANK.path(), io.holdfast.ledger.Money.of(usd, "1.00"))
                .credit(FEES.path(), io.holdfast.ledger.Money.of(usd, "1.00"))
                .build();

        assertThat(refusal(() -> ledger.post(dollars)))
                .isEqualTo(new Refusal.AccountNotFound(Account.of(BANK.path(), usd)));
    }

    private void assertCode(String code, io.holdfast.ledger.KeyedCommand command) {
        long before = scene.entries();
        assertThat(TestLedger.refused(ledger.execute(List.of(command)).get(0)).code())
                .isEqualTo(code);
        assertThat(scene.entries()).as("a refusal leaves no trace").isEqualTo(before);
    }

    private JournalEntry post(String key, Details details, Account payee) {
        return JournalEntry.of(key)
                .with(details)
                .debit(wallet.path(), ugx(5_000))
                .credit(payee.path(), ugx(5_000))
                .build();
    }

    private static HoldRequest hold(String key, Details details, Account account) {
        return HoldRequest.of(key, account, ugx(5_000)).with(details);
    }

    private static HoldCommit commit(String key, Details details, HoldReference hold, Account payee, long amount) {
        return HoldCommit.of(hold, Key.of(key))
                .with(details)
                .credit(payee.path(), ugx(amount))
                .build();
    }

    private Reversal reversal(String key, Details details, EntryReference entry, Account payee, long amount) {
        return Reversal.of(entry, Key.of(key))
                .with(details)
                .postings(
                        List.of(Posting.credit(wallet.path(), ugx(amount)), Posting.debit(payee.path(), ugx(amount))));
    }
}
