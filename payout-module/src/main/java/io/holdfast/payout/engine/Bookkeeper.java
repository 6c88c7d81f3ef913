package io.holdfast.payout.engine;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
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
import io.holdfast.ledger.Result;
import io.holdfast.ledger.Side;
import io.holdfast.payout.PayoutAccounts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

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
                OpenAccounts.open(ledger, account);
                if (open.size() < REMEMBERED_MAX) {
                    open.add(account);
                }
            }
        }
    }

    /** Opens them in a transaction that is open already. */
    void open(Ledger joined, Intent intent, String provider) {
        for (Account account : needed(intent, provider)) {
            if (!open.contains(account)) {
                OpenAccounts.open(joined, account);
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

    /** Returns the command that sets amount and fee aside. */
    HoldRequest hold(Intent intent) {
        return HoldRequest.of(holdKey(intent), intent.wallet(), intent.total())
                .with(described(intent, "Hold for payout"));
    }

    /**
     * Returns how the entry of an effect is made, on the provider's date.
     *
     * @param booked where is asked what the payout has booked so far
     */
    Booking booking(Intent intent, int transition, Effect effect, LocalDate date, BookedStore booked) {
        Details details = described(intent, "Payout").effectiveOn(date).asUnconditional();
        return effect.match(new Bookings(intent, transition, details, booked));
    }

    /** How the entry of an effect is made. */
    @FunctionalInterface
    interface Booking {

        /** Makes the entry in a transaction, now or soon, and then goes on with it. */
        void make(Transaction transaction, Consumer<Made> then);

        /** An entry that needs nothing but to be made: it is, together with all else that waits. */
        static Booking soon(EntryRole role, KeyedCommand command) {
            return (transaction, then) -> transaction.book(command, entry -> then.accept(Made.of(role, entry)));
        }

        /** An entry that depends on how accounts stand, or that is needed at once. */
        static Booking now(Function<Ledger, Made> making) {
            return (transaction, then) -> then.accept(making.apply(transaction.ledger()));
        }
    }

    /** How each effect of a transition is booked. */
    private final class Bookings implements Effect.Cases<Booking> {

        private final Intent intent;
        private final int transition;
        private final Details details;
        private final BookedStore booked;

        Bookings(Intent intent, int transition, Details details, BookedStore booked) {
            this.intent = intent;
            this.transition = transition;
            this.details = details;
            this.booked = booked;
        }

        @Override
        public Booking commit(Effect.Commit effect) {
            return commit(payment(intent, effect.provider(), effect.providerFee()));
        }

        @Override
        public Booking adopt(Effect.Adopt effect) {
            return (transaction, then) -> commit(
                            adopted(transaction.ledger(), effect.suspense(), effect.provider(), effect.providerFee()))
                    .make(transaction, then);
        }

        private Booking commit(List<Posting> payment) {
            HoldCommit.Builder entry = HoldCommit.of(HoldReference.of(holdKey(intent)), key(intent, "paid"))
                    .with(details);
            payment.forEach(entry::posting);
            return Booking.soon(EntryRole.COMMIT, entry.build());
        }

        @Override
        public Booking release(Effect.Release effect) {
            HoldRelease entry = HoldRelease.of(HoldReference.of(holdKey(intent)), key(intent, "released"))
                    .with(details.describedAs("Release of payout " + intent.key()));
            return Booking.soon(EntryRole.RELEASE, entry);
        }

        @Override
        public Booking chargeFee(Effect.ChargeFee effect) {
            List<Posting> postings = new ArrayList<>();
            charge(postings, accounts.providerFees(effect.provider()), effect.more());
            postings.add(signed(accounts.providerFloat(effect.provider()), Side.CREDIT, effect.more()));
            return Booking.soon(EntryRole.FEE, new JournalEntry(key(intent, "fee-" + transition), details, postings));
        }

        @Override
        public Booking takeLate(Effect.TakeLate effect) {
            return late(payment(intent, effect.provider(), effect.providerFee()));
        }

        @Override
        public Booking adoptLate(Effect.AdoptLate effect) {
            return (transaction, then) -> late(adopted(
                            transaction.ledger(), effect.suspense(), effect.provider(), effect.providerFee()))
                    .make(transaction, then);
        }

        /** What was paid leaves suspense where it stands: where it was put, or if that is closed, where suspense is today. */
        private List<Posting> adopted(Ledger joined, String suspense, String provider, Money providerFee) {
            Currency currency = intent.amount().currency();
            String from = OpenAccounts.standingFor(joined, suspense, accounts.suspense(provider), currency);
            return payment(intent, from, provider, providerFee);
        }

        private Booking late(List<Posting> payment) {
            return Booking.now(joined -> Made.of(EntryRole.LATE, takeWhatThereIs(joined, intent, payment, details)));
        }

        @Override
        public Booking suspend(Effect.Suspend effect) {
            Money paid = intent.amount().plus(effect.providerFee());
            List<Posting> postings = List.of(
                    Posting.debit(accounts.suspense(effect.provider()), paid),
                    Posting.credit(accounts.providerFloat(effect.provider()), paid));
            Key key = key(intent, "suspense-" + transition);
            return Booking.now(joined -> Made.of(EntryRole.SUSPENSE, post(joined, key, details, postings)));
        }

        @Override
        public Booking giveBack(Effect.GiveBack effect) {
            Key key = key(intent, "reversed-" + transition);
            GivingBack returned = new GivingBack(accounts, booked);
            return (transaction, then) -> then.accept(returned.book(transaction, intent, key, effect, details));
        }
    }

    /** Asks the ledger's limits how much the wallet can give, because what it lacks is owed by its owner instead. */
    private RecordedEntry takeWhatThereIs(Ledger joined, Intent intent, List<Posting> payment, Details details) {
        Account owed = Account.of(
                accounts.latePayouts(intent.wallet()), intent.amount().currency());
        OpenAccounts.open(joined, owed);
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
        // What is owed comes first: there it is looked for when it ends.
        if (owed.isPositive()) {
            postings.add(Posting.debit(accounts.latePayouts(intent.wallet()), owed));
        }
        if (fromWallet.isPositive()) {
            postings.add(Posting.debit(intent.wallet().path(), fromWallet));
        }
        postings.addAll(payment);
        return new JournalEntry(key(intent, "late"), details, postings);
    }

    /** Returns what is paid out of a wallet's money: amount and the provider's fee by its float, our fee to us. */
    private List<Posting> payment(Intent intent, String provider, Money providerFee) {
        return payment(intent, accounts.providerFloat(provider), provider, providerFee);
    }

    private List<Posting> payment(Intent intent, String from, String provider, Money providerFee) {
        List<Posting> postings = new ArrayList<>();
        postings.add(Posting.credit(from, intent.amount().plus(providerFee)));
        postings.addAll(accounts.fee(Side.CREDIT, intent.fee()));
        charge(postings, accounts.providerFees(provider), providerFee);
        return postings;
    }

    /** Adds what a provider charged, or with a negative fee gave back. */
    static void charge(List<Posting> postings, String path, Money fee) {
        if (!fee.isZero()) {
            postings.add(signed(path, Side.DEBIT, fee));
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
