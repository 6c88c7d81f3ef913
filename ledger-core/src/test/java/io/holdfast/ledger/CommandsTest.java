package io.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Commands that cannot be right cannot be written down. */
class CommandsTest {

    private static final Currency UGX = Currency.of("UGX");
    private static final Currency USD = Currency.of("USD");
    private static final Money TEN = Money.ofMinor(UGX, 10);
    private static final Account WALLET = Account.of("liabilities:wallets:alice", UGX);
    private static final UUID SOME = new UUID(0, 1);

    @Test
    void a_posting_has_an_amount_above_zero_in_its_accounts_currency() {
        assertThatThrownBy(() -> Posting.debit("assets:a", Money.zero(UGX)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Posting of UGX 0 to assets:a: an amount is above zero, the side says which way it goes");
        assertThatThrownBy(() -> Posting.credit("assets:a", TEN.negate())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Posting(WALLET, Side.DEBIT, Part.AVAILABLE, Money.ofMinor(USD, 1), ""))
                .hasMessageContaining("the currencies differ");
    }

    @Test
    void a_postings_effect_is_positive_on_the_accounts_normal_side() {
        assertThat(Posting.debit("assets:a", TEN).effect()).isEqualTo(TEN);
        assertThat(Posting.credit("assets:a", TEN).effect()).isEqualTo(TEN.negate());
        assertThat(Posting.credit("revenue:a", TEN).effect()).isEqualTo(TEN);
    }

    @Test
    void an_entry_balances_in_each_currency() {
        JournalEntry.Builder unbalanced =
                JournalEntry.of("k").debit("assets:a", Money.of(USD, "1.00")).credit("equity:a", Money.of(USD, "0.99"));
        JournalEntry.Builder mixed =
                JournalEntry.of("k").debit("assets:a", TEN).credit("equity:a", Money.ofMinor(USD, 10));

        assertThatThrownBy(unbalanced::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Entry \"k\" is unbalanced: debits less credits are USD 0.01");
        assertThatThrownBy(mixed::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unbalanced");
        assertThat(unbalanced.credit("equity:a", Money.of(USD, "0.01")).build().postings())
                .hasSize(3);
    }

    @Test
    void an_entry_has_2_to_1000_postings() {
        List<Posting> postings = new ArrayList<>(Collections.nCopies(500, Posting.debit("assets:a", TEN)));
        postings.addAll(Collections.nCopies(500, Posting.credit("equity:a", TEN)));
        Key key = Key.of("k");

        assertThat(new JournalEntry(key, Details.NONE, postings).postings()).hasSize(1_000);
        postings.add(Posting.debit("assets:a", TEN));
        assertThatThrownBy(() -> new JournalEntry(key, Details.NONE, postings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"k\" has 1001 postings, at most 1000 are possible");
        assertThatThrownBy(() -> JournalEntry.of("k").build())
                .hasMessageContaining("has 0 postings, at least 2 are needed");
        assertThatThrownBy(() -> JournalEntry.of("k").debit("assets:a", TEN).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void only_holds_touch_held_parts() {
        Posting held = new Posting(WALLET, Side.CREDIT, Part.HELD, TEN, "");

        assertThatThrownBy(() -> JournalEntry.of("k")
                        .debit("assets:a", TEN)
                        .posting(held)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Entry \"k\" touches a held part, which only holds do");
        assertThatThrownBy(() -> HoldCommit.of(SOME, "k").posting(held).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Reversal.of(SOME, "k").postings(List.of(held, Posting.debit("assets:a", TEN))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_hold_is_of_an_amount_above_zero_in_its_accounts_currency() {
        assertThatThrownBy(() -> HoldRequest.of("k", WALLET, Money.zero(UGX)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Hold \"k\" of UGX 0: an amount is above zero");
        assertThatThrownBy(() -> HoldRequest.of("k", WALLET, Money.ofMinor(USD, 1)))
                .hasMessageContaining("the currencies differ");
    }

    @Test
    void a_deadline_is_cut_to_microseconds_and_lies_in_the_years_1900_to_9999() {
        HoldRequest request = HoldRequest.of("k", WALLET, TEN);

        assertThat(request.expiresAt(Instant.parse("2026-01-01T00:00:00.123456789Z"))
                        .expiresAt())
                .contains(Instant.parse("2026-01-01T00:00:00.123456Z"));
        for (Instant absurd : List.of(Instant.MIN, Instant.MAX, Instant.parse("+10000-01-01T00:00:00Z"))) {
            assertThatThrownBy(() -> request.expiresAt(absurd))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1900 to 9999");
        }
    }

    @Test
    void a_commit_says_who_is_paid() {
        assertThatThrownBy(() -> HoldCommit.of(SOME, "k").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Commit \"k\" has no postings: it says who is paid");
    }

    @Test
    void a_commit_is_final_unless_it_says_otherwise() {
        HoldCommit.Builder commit = HoldCommit.of(SOME, "k").credit("revenue:a", TEN);

        assertThat(commit.build().isFinal()).isTrue();
        assertThat(commit.build().finality()).isEmpty();
        assertThat(commit.keepRest().build().isFinal()).isFalse();
        assertThat(commit.releaseRest().build().finality()).contains(true);
    }

    @Test
    void a_reversal_names_an_amount_or_balanced_postings_and_not_both() {
        List<Posting> postings = List.of(Posting.debit("assets:a", TEN), Posting.credit("equity:a", TEN));
        Reversal whole = Reversal.of(SOME, "k");

        assertThat(whole.amount(TEN).postings(postings).amount()).isEmpty();
        assertThatThrownBy(() -> whole.amount(Money.zero(UGX))).hasMessageContaining("an amount is above zero");
        assertThatThrownBy(() -> whole.postings(postings.subList(0, 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new Reversal(Key.of("k"), Details.NONE, EntryReference.of(SOME), Optional.of(TEN), postings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names an amount and postings");
    }

    @Test
    void a_group_has_1_to_1000_commands() {
        HoldRequest request = HoldRequest.of("k", WALLET, TEN);

        assertThat(CommandGroup.of(request).commands()).containsExactly(request);
        assertThatThrownBy(CommandGroup::of).hasMessageContaining("A group of 0 commands: 1 to 1000 are possible");
        assertThatThrownBy(() -> new CommandGroup(Collections.nCopies(1_001, request)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
