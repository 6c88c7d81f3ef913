package io.holdfast.payout.engine;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.KeyedCommand;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.RefusedException;
import io.holdfast.ledger.Result;
import io.holdfast.ledger.Side;
import io.holdfast.payout.PayoutAccounts;
import io.holdfast.payout.PayoutItem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes the journal entries of payouts. But for the hold they record what has happened already, so limits and freezes are
 * not asked.
 */
final class Bookkeeper {

    private static final int TAKE_TRIES_MAX = 5;
    private static final int REMEMBERED_MAX = 10_000;

    private final Ledger ledger;
    private final PayoutAccounts accounts;
    private final Set<Account> open = ConcurrentHashMap.newKeySet();

    Bookkeeper(Ledger ledger, PayoutAccounts accounts) {
        this.ledger = ledger;
        this.accounts = accounts;
    }

    /**
     * A journal entry made for a payout.
     *
     * @param finding what a person should see of it
     */
    record Made(EntryRole role, UUID entry, Optional<Finding> finding) {

        static Made of(EntryRole role, RecordedEntry entry) {
            return new Made(role, entry.id(), Optional.empty());
        }
    }

    /**
     * Opens the accounts that payouts through a provider may need, in transactions of their own: an account that is open and empty does no
     * harm, whatever becomes of the payout.
     */
    void open(Intent intent, String provider) {
        for (Account account : needed(intent, provider)) {
            if (!open.contains(account)) {
                if (ledger.account(account).isEmpty()) {
                    ledger.open(AccountTerms.of(account));
                }
                if (open.size() < REMEMBERED_MAX) {
                    open.add(account);
                }
            }
        }
    }

    /** Opens them in a transaction that is open already. */
    void open(Ledger joined, Intent intent, String provider) {
        for (Account account : needed(intent, provider)) {
            if (!open.contains(account) && joined.account(account).isEmpty()) {
                joined.open(AccountTerms.of(account));
            }
        }
    }

    private List<Account> needed(Intent intent, String provider) {
        List<String> paths = new ArrayList<>(List.of(
                accounts.providerFloat(provider), accounts.providerFees(provider), accounts.suspense(provider)));
        accounts.fees().forEach(share -> paths.add(share.path()));
        return paths.stream()
                .map(path -> Account.of(path, intent.amount().currency()))
                .toList();
    }

    /** An entry that needs nothing but to be made. */
    record Planned(EntryRole role, KeyedCommand command) {}

    /** Returns the command that sets amount and fee aside. */
    HoldRequest hold(Intent intent) {
        return HoldRequest.of(holdKey(intent), intent.wallet(), intent.total())
                .with(described(intent, "Hold for payout"));
    }

    /** Returns the entry of an effect, on the provider's date, unless what it is depends on how accounts stand. */
    Optional<Planned> plan(Intent intent, int transition, Effect effect, LocalDate date) {
        Details details = described(intent, "Payout").effectiveOn(date).asUnconditional();
        if (effect instanceof Effect.Commit commit) {
            List<Posting> payment = payment(intent, commit.provider(), commit.providerFee());
            return Optional.of(new Planned(EntryRole.COMMIT, commit(intent, payment, details)));
        } else if (effect instanceof Effect.Adopt adopt) {
            return Optional.of(new Planned(
                    EntryRole.COMMIT,
                    commit(intent, adoption(intent, adopt.provider(), adopt.providerFee()), details)));
        } else if (effect instanceof Effect.Release) {
            Details release = details.describedAs("Release of payout " + intent.key());
            return Optional.of(new Planned(
                    EntryRole.RELEASE,
                    HoldRelease.of(HoldReference.of(holdKey(intent)), key(intent, "released"))
                            .with(release)));
        } else if (effect instanceof Effect.ChargeFee charge) {
            List<Posting> postings = new ArrayList<>();
            charge(postings, charge.provider(), charge.more());
            postings.add(signed(accounts.providerFloat(charge.provider()), Side.CREDIT, charge.more()));
            return Optional.of(
                    new Planned(EntryRole.FEE, new JournalEntry(key(intent, "fee-" + transition), details, postings)));
        }
        return Optional.empty();
    }

    /** Makes the entry of an effect that depends on how accounts stand, or whose entry is needed at once, on the provider's date. */
    Made book(Ledger joined, Intent intent, int transition, Effect effect, LocalDate date) {
        Details details = described(intent, "Payout").effectiveOn(date).asUnconditional();
        if (effect instanceof Effect.TakeLate late) {
            List<Posting> payment = payment(intent, late.provider(), late.providerFee());
            return Made.of(EntryRole.LATE, takeLate(joined, intent, payment, details));
        } else if (effect instanceof Effect.AdoptLate adopt) {
            List<Posting> payment = adoption(intent, adopt.provider(), adopt.providerFee());
            return Made.of(EntryRole.LATE, takeLate(joined, intent, payment, details));
        } else if (effect instanceof Effect.Suspend suspend) {
            Money paid = intent.amount().plus(suspend.providerFee());
            List<Posting> postings = List.of(
                    Posting.debit(accounts.suspense(suspend.provider()), paid),
                    Posting.credit(accounts.providerFloat(suspend.provider()), paid));
            return Made.of(EntryRole.SUSPENSE, post(joined, key(intent, "suspense-" + transition), details, postings));
        }
        return giveBack(joined, intent, transition, (Effect.GiveBack) effect, details);
    }

    private HoldCommit commit(Intent intent, List<Posting> payment, Details details) {
        HoldCommit.Builder entry = HoldCommit.of(HoldReference.of(holdKey(intent)), key(intent, "paid"))
                .with(details);
        payment.forEach(entry::posting);
        return entry.build();
    }

    /** Asks the ledger's limits how much the wallet can give, because what it lacks is owed by its owner instead. */
    private RecordedEntry takeLate(Ledger joined, Intent intent, List<Posting> payment, Details details) {
        Account owed = Account.of(
                accounts.latePayouts(intent.wallet()), intent.amount().currency());
        if (joined.account(owed).isEmpty()) {
            joined.open(AccountTerms.of(owed));
        }
        Details asking = new Details(
                Optional.of(firstOpen(joined, details)), details.description(), details.metadata(), List.of(), false);
        Money fromWallet = intent.total();
        for (int tries = 1; tries <= TAKE_TRIES_MAX && fromWallet.isPositive(); tries++) {
            Result result = joined.execute(List.of(late(intent, payment, asking, fromWallet)))
                    .get(0);
            if (!(result instanceof Result.Refused refused)) {
                return result.entryOrThrow();
            }
            Refusal refusal = refused.refusal();
            if (refusal instanceof Refusal.InsufficientFunds lacking
                    && lacking.account().equals(intent.wallet())) {
                fromWallet = between(fromWallet, lacking.available().minus(lacking.minimum()));
            } else if (refusal instanceof Refusal.AccountClosed closed
                    && closed.account().equals(intent.wallet())) {
                fromWallet = Money.zero(fromWallet.currency());
            } else {
                // A freeze, or a limit of another account, stands in the way of asking, and of nothing else.
                Money spendable = spendable(joined, intent.wallet());
                return joined.post(late(intent, payment, details, between(fromWallet, spendable)));
            }
        }
        return joined.post(late(intent, payment, details, Money.zero(fromWallet.currency())));
    }

    private static Money spendable(Ledger joined, Account wallet) {
        Money available = joined.balance(wallet).available();
        return joined.account(wallet)
                .flatMap(state -> state.terms().minimum())
                .map(available::minus)
                .orElse(available);
    }

    /** Returns an amount no higher than either and not below zero. */
    private static Money between(Money wanted, Money spendable) {
        Money least = spendable.compareTo(wanted) < 0 ? spendable : wanted;
        return least.isNegative() ? Money.zero(wanted.currency()) : least;
    }

    private JournalEntry late(Intent intent, List<Posting> payment, Details details, Money fromWallet) {
        List<Posting> postings = new ArrayList<>();
        Money owed = intent.total().minus(fromWallet);
        if (fromWallet.isPositive()) {
            postings.add(Posting.debit(intent.wallet().path(), fromWallet));
        }
        if (owed.isPositive()) {
            postings.add(Posting.debit(accounts.latePayouts(intent.wallet()), owed));
        }
        postings.addAll(payment);
        return new JournalEntry(key(intent, "late"), details, postings);
    }

    private Made giveBack(Ledger joined, Intent intent, int transition, Effect.GiveBack back, Details details) {
        Key key = key(intent, "reversed-" + transition);
        try {
            return Made.of(
                    EntryRole.REVERSAL,
                    post(joined, key, details, returned(back, intent.wallet().path())));
        } catch (RefusedException refused) {
            if (!(refused.refusal() instanceof Refusal.AccountClosed closed)
                    || !closed.account().equals(intent.wallet())) {
                throw refused;
            }
            RecordedEntry entry = post(joined, key, details, returned(back, accounts.suspense(back.provider())));
            String detail = "What came back of " + intent.key() + " belongs to " + intent.wallet()
                    + ", which is closed: it stands in suspense";
            return new Made(
                    EntryRole.REVERSAL, entry.id(), Optional.of(new Finding(PayoutItem.Kind.WALLET_CLOSED, detail)));
        }
    }

    private List<Posting> returned(Effect.GiveBack back, String to) {
        List<Posting> postings = new ArrayList<>();
        Money toFloat = back.amount().plus(back.providerFee());
        postings.add(Posting.debit(accounts.providerFloat(back.provider()), toFloat));
        postings.addAll(accounts.fee(Side.DEBIT, back.fee()));
        Money toWallet = back.amount().plus(back.fee());
        if (toWallet.isPositive()) {
            postings.add(Posting.credit(to, toWallet));
        }
        charge(postings, back.provider(), back.providerFee().negate());
        return postings;
    }

    /** Returns what is paid out of a wallet's money: amount and the provider's fee by its float, our fee to us. */
    private List<Posting> payment(Intent intent, String provider, Money providerFee) {
        return payment(intent, accounts.providerFloat(provider), provider, providerFee);
    }

    /** The same of what the float had paid already, against suspense. */
    private List<Posting> adoption(Intent intent, String provider, Money providerFee) {
        return payment(intent, accounts.suspense(provider), provider, providerFee);
    }

    private List<Posting> payment(Intent intent, String from, String provider, Money providerFee) {
        List<Posting> postings = new ArrayList<>();
        postings.add(Posting.credit(from, intent.amount().plus(providerFee)));
        postings.addAll(accounts.fee(Side.CREDIT, intent.fee()));
        charge(postings, provider, providerFee);
        return postings;
    }

    private void charge(List<Posting> postings, String provider, Money fee) {
        if (!fee.isZero()) {
            postings.add(signed(accounts.providerFees(provider), Side.DEBIT, fee));
        }
    }

    private static Posting signed(String path, Side side, Money amount) {
        return amount.isNegative()
                ? Posting.of(path, side.opposite(), amount.negate())
                : Posting.of(path, side, amount);
    }

    private static RecordedEntry post(Ledger joined, Key key, Details details, List<Posting> postings) {
        return joined.post(new JournalEntry(key, details, postings));
    }

    private static LocalDate firstOpen(Ledger joined, Details details) {
        LocalDate date = details.effectiveOn().orElseThrow();
        return joined.closedThrough()
                .filter(closed -> !date.isAfter(closed))
                .map(closed -> closed.plusDays(1))
                .orElse(date);
    }

    static Details described(Intent intent, String what) {
        return Details.NONE
                .describedAs(what + " " + intent.key())
                .metadata("payout", intent.id().toString());
    }

    private static Key holdKey(Intent intent) {
        return key(intent, "hold");
    }

    static Key key(Intent intent, String step) {
        return Key.reserved("payout", intent.id() + ":" + step);
    }
}
