package io.holdfast.ledger.postgres;

import static io.holdfast.ledger.postgres.TestLedger.FEES;
import static io.holdfast.ledger.postgres.TestLedger.UGX;
import static io.holdfast.ledger.postgres.TestLedger.refusal;
import static io.holdfast.ledger.postgres.TestLedger.transfer;
import static io.holdfast.ledger.postgres.TestLedger.ugx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.EntryKind;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.Hold;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Reversal;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was posted is undone by a new entry, once and not beyond. */
class ReversalsTest {

    private final TestLedger scene = TestLedger.open();
    private final PostgresLedger ledger = scene.ledger();
    private final Account wallet = scene.wallet("alice", 1_000);
    private final Account other = scene.wallet("bob");

    @AfterEach
    void facts_and_projections_agree() {
        scene.assertSound();
    }

    @Test
    void a_reversal_is_the_exact_inverse_and_linked() {
        RecordedEntry original = ledger.post(JournalEntry.of("o")
                .posting(Posting.debit(wallet.path(), ugx(100)).describedAs("principal"))
                .credit(other.path(), ugx(90))
                .credit(FEES.path(), ugx(10))
                .build());

        RecordedEntry reversal = ledger.reverse(Reversal.of(original.id(), "r"));

        assertThat(reversal.kind()).isEqualTo(EntryKind.REVERSE);
        assertThat(reversal.reverses()).contains(original.id());
        assertThat(reversal.postings())
                .containsExactly(
                        Posting.credit(wallet.path(), ugx(100)).describedAs("principal"),
                        Posting.debit(other.path(), ugx(90)),
                        Posting.debit(FEES.path(), ugx(10)));
        scene.assertBalance(wallet, 1_000, 0);
        scene.assertBalance(FEES, 0, 0);
    }

    @Test
    void an_entry_is_reversed_once() {
        RecordedEntry original = ledger.post(transfer("o", wallet, other, 100));
        ledger.reverse(Reversal.of(original.id(), "r"));

        assertThat(refusal(() -> ledger.reverse(Reversal.of(original.id(), "again"))))
                .isEqualTo(
                        new Refusal.AlreadyReversed(EntryReference.of(original.id()), original.id(), wallet, ugx(0)));
    }

    @Test
    void partial_reversals_add_up_to_at_most_the_original() {
        RecordedEntry original = ledger.post(transfer("o", wallet, other, 100));

        ledger.reverse(Reversal.of(original.id(), "r1").amount(ugx(30)));
        ledger.reverse(Reversal.of(original.id(), "r2").amount(ugx(60)));

        assertThat(refusal(() -> ledger.reverse(Reversal.of(original.id(), "r3").amount(ugx(11)))))
                .isEqualTo(
                        new Refusal.AlreadyReversed(EntryReference.of(original.id()), original.id(), wallet, ugx(10)));
        assertThat(refusal(() -> ledger.reverse(Reversal.of(original.id(), "whole")))
                        .code())
                .isEqualTo("ALREADY_REVERSED");
        ledger.reverse(Reversal.of(original.id(), "r3").amount(ugx(10)));
        scene.assertBalance(wallet, 1_000, 0);
    }

    @Test
    void a_part_of_an_entry_of_many_postings_is_named_by_postings() {
        RecordedEntry original = ledger.post(split());

        ledger.reverse(Reversal.of(original.id(), "r1")
                .postings(List.of(Posting.credit(wallet.path(), ugx(10)), Posting.debit(FEES.path(), ugx(10)))));

        assertThat(refusal(() -> ledger.reverse(Reversal.of(original.id(), "r2")
                                .postings(List.of(
                                        Posting.credit(wallet.path(), ugx(1)), Posting.debit(FEES.path(), ugx(1))))))
                        .code())
                .isEqualTo("ALREADY_REVERSED");
        ledger.reverse(Reversal.of(original.id(), "r3")
                .postings(List.of(Posting.credit(wallet.path(), ugx(90)), Posting.debit(other.path(), ugx(90)))));
        scene.assertBalance(wallet, 1_000, 0);
    }

    @Test
    void an_amount_alone_does_not_say_what_to_undo_of_many_postings() {
        RecordedEntry original = ledger.post(split());

        assertThatThrownBy(() -> ledger.reverse(Reversal.of(original.id(), "r").amount(ugx(10))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 3 postings");
    }

    @Test
    void postings_that_undo_nothing_of_the_entry_are_the_callers_bug() {
        RecordedEntry original = ledger.post(transfer("o", wallet, other, 100));

        for (List<Posting> wrong : List.of(
                List.of(Posting.debit(wallet.path(), ugx(1)), Posting.credit(other.path(), ugx(1))),
                List.of(Posting.credit(wallet.path(), ugx(1)), Posting.debit(FEES.path(), ugx(1))))) {
            assertThatThrownBy(
                            () -> ledger.reverse(Reversal.of(original.id(), "r").postings(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("to undo");
        }
        assertThatThrownBy(() ->
                        ledger.reverse(Reversal.of(original.id(), "r").amount(Money.of(Currency.of("USD"), "1.00"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not in the currency of USD 1.00");
    }

    @Test
    void both_sides_of_an_account_in_one_entry_are_reversed_apart() {
        RecordedEntry original = ledger.post(JournalEntry.of("o")
                .debit(wallet.path(), ugx(100))
                .credit(wallet.path(), ugx(40))
                .credit(other.path(), ugx(60))
                .build());

        ledger.reverse(Reversal.of(original.id(), "r1")
                .postings(List.of(Posting.credit(wallet.path(), ugx(40)), Posting.debit(wallet.path(), ugx(40)))));

        assertThat(refusal(() -> ledger.reverse(Reversal.of(original.id(), "r2")
                                .postings(List.of(
                                        Posting.credit(wallet.path(), ugx(1)), Posting.debit(wallet.path(), ugx(1))))))
                        .code())
                .isEqualTo("ALREADY_REVERSED");
        ledger.reverse(Reversal.of(original.id(), "r3")
                .postings(List.of(Posting.credit(wallet.path(), ugx(60)), Posting.debit(other.path(), ugx(60)))));
        scene.assertBalance(wallet, 1_000, 0);
    }

    @Test
    void only_plain_entries_are_reversed() {
        Hold hold = scene.hold("h", wallet, 50);
        RecordedEntry commit = ledger.commit(
                HoldCommit.of(hold.id(), "c").credit(FEES.path(), ugx(50)).build());
        RecordedEntry original = ledger.post(transfer("o", wallet, other, 1));
        RecordedEntry reversal = ledger.reverse(Reversal.of(original.id(), "r"));

        assertThat(refusal(() -> ledger.reverse(Reversal.of(hold.id(), "x"))))
                .isEqualTo(new Refusal.NotReversible(EntryReference.of(hold.id()), EntryKind.HOLD));
        assertThat(refusal(() -> ledger.reverse(Reversal.of(commit.id(), "x"))))
                .isEqualTo(new Refusal.NotReversible(EntryReference.of(commit.id()), EntryKind.COMMIT));
        assertThat(refusal(() -> ledger.reverse(Reversal.of(EntryReference.of(Key.of("r")), Key.of("x")))))
                .isEqualTo(new Refusal.NotReversible(EntryReference.of(Key.of("r")), EntryKind.REVERSE));
        assertThat(ledger.reverse(Reversal.of(original.id(), "r"))).isEqualTo(reversal);
    }

    @Test
    void an_entry_that_is_not_there_is_not_found() {
        EntryReference byId = EntryReference.of(new UUID(1, 2));
        EntryReference byKey = EntryReference.of(Key.of("nothing"));

        assertThat(refusal(() -> ledger.reverse(Reversal.of(byId, Key.of("r")))))
                .isEqualTo(new Refusal.EntryNotFound(byId));
        assertThat(refusal(() -> ledger.reverse(Reversal.of(byKey, Key.of("r")))))
                .isEqualTo(new Refusal.EntryNotFound(byKey));
    }

    @Test
    void limits_apply_to_a_reversal() {
        RecordedEntry original = ledger.post(transfer("o", wallet, other, 100));
        ledger.post(transfer("spent", other, FEES, 60));

        assertThat(refusal(() -> ledger.reverse(Reversal.of(original.id(), "r"))))
                .isEqualTo(new Refusal.InsufficientFunds(other, ugx(100), ugx(40), ugx(0)));
        ledger.reverse(Reversal.of(original.id(), "r").amount(ugx(40)));
        scene.assertBalance(other, 0, 0);
    }

    @Test
    void an_entry_of_several_currencies_is_reversed_in_all_of_them() {
        Currency usd = Currency.of("USD");
        for (Currency currency : List.of(UGX, usd)) {
            ledger.open(AccountTerms.of("equity:exchange", currency));
            ledger.open(AccountTerms.of("assets:cash", currency));
        }
        RecordedEntry original = ledger.post(JournalEntry.of("fx")
                .debit("assets:cash", Money.of(usd, "1.00"))
                .credit("equity:exchange", Money.of(usd, "1.00"))
                .debit("equity:exchange", ugx(3_700))
                .credit("assets:cash", ugx(3_700))
                .build());

        ledger.reverse(Reversal.of(original.id(), "r"));

        assertThat(ledger.balance(Account.of("assets:cash", usd)).total()).isEqualTo(Money.zero(usd));
        scene.assertBalance(Account.of("assets:cash", UGX), 0, 0);
    }

    private JournalEntry split() {
        return JournalEntry.of("o")
                .debit(wallet.path(), ugx(100))
                .credit(other.path(), ugx(90))
                .credit(FEES.path(), ugx(10))
                .build();
    }
}
