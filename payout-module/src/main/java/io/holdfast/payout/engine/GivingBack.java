package io.holdfast.payout.engine;

import io.holdfast.ledger.Details;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.RefusedException;
import io.holdfast.ledger.Side;
import io.holdfast.payout.PayoutAccounts;
import io.holdfast.payout.PayoutItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** Books what a provider gave back: to whoever had paid it, whatever accounts are configured by then. */
final class GivingBack {

    private final PayoutAccounts accounts;
    private final BookedStore booked;

    GivingBack(PayoutAccounts accounts, BookedStore booked) {
        this.accounts = accounts;
        this.booked = booked;
    }

    Bookkeeper.Made book(Transaction transaction, Intent intent, Key key, Effect.GiveBack back, Details details) {
        DSLContext db = transaction.db();
        Ledger joined = transaction.ledger();
        List<Posting> payers = new ArrayList<>(fee(db, intent, back));
        List<Posting> lacking = back.isLate() ? lacking(db, intent, back) : List.of();
        payers.addAll(lacking);
        Money ending = lacking.stream()
                .map(Posting::amount)
                .reduce(Money.zero(back.amount().currency()), Money::plus);
        Money toWallet = back.amount().plus(back.fee()).minus(ending);
        try {
            return Bookkeeper.Made.of(
                    EntryRole.REVERSAL,
                    joined.post(entry(
                            key,
                            details,
                            back,
                            payers,
                            toWallet,
                            intent.wallet().path())));
        } catch (RefusedException refused) {
            if (!(refused.refusal() instanceof Refusal.AccountClosed closed)
                    || !closed.account().equals(intent.wallet())) {
                throw refused;
            }
            String suspense = accounts.suspense(back.provider());
            String detail = "What came back of " + intent.key() + " belongs to " + intent.wallet()
                    + ", which is closed: it stands in suspense";
            return new Bookkeeper.Made(
                    EntryRole.REVERSAL,
                    joined.post(entry(key, details, back, payers, toWallet, suspense))
                            .id(),
                    Optional.of(new Finding(PayoutItem.Kind.WALLET_CLOSED, detail)));
        }
    }

    private JournalEntry entry(
            Key key, Details details, Effect.GiveBack back, List<Posting> payers, Money rest, String to) {
        List<Posting> postings = new ArrayList<>();
        Money toFloat = back.amount().plus(back.providerFee());
        postings.add(Posting.debit(accounts.providerFloat(back.provider()), toFloat));
        postings.addAll(payers);
        if (rest.isPositive()) {
            postings.add(Posting.credit(to, rest));
        }
        Bookkeeper.charge(
                postings,
                accounts.providerFees(back.provider()),
                back.providerFee().negate());
        return new JournalEntry(key, details, postings);
    }

    /** Returns our fee from those who had got it. */
    private List<Posting> fee(DSLContext db, Intent intent, Effect.GiveBack back) {
        return back.fee().isZero()
                ? List.of()
                : booked.feeShares(db, intent.id(), back.fee().minor()).stream()
                        .map(share -> Posting.of(share.path(), Side.DEBIT, intent.money(share.minor())))
                        .toList();
    }

    /**
     * Returns what of that which comes back the wallet had not paid: it ends what its owner owes us for the payout, and then
     * what of that we had given up.
     */
    private List<Posting> lacking(DSLContext db, Intent intent, Effect.GiveBack back) {
        List<BookedStore.Booked> owed = new ArrayList<>();
        Debts.owed(booked, db, intent).ifPresent(owed::add);
        owed.addAll(booked.left(db, intent.id(), EntryRole.WRITE_OFF));
        List<Posting> postings = new ArrayList<>();
        Money left = back.amount().plus(back.fee());
        for (BookedStore.Booked debt : owed) {
            Money all = intent.money(debt.minor());
            Money part = all.compareTo(left) < 0 ? all : left;
            if (part.isPositive()) {
                postings.add(Posting.credit(debt.path(), part));
                left = left.minus(part);
            }
        }
        return postings;
    }
}
