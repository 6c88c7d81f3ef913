package io.holdfast.payout.engine;

import io.holdfast.ledger.Account;
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

/**
 * Books what a provider gave back: to whoever had paid it, whatever accounts are configured by then. Where the account of one who
 * had is closed, today's {@link PayoutAccounts} name who stands for it: the shares of our fee, what its owner owes us, or what
 * of that is given up.
 */
final class GivingBack {

    private final PayoutAccounts accounts;
    private final BookedStore booked;

    GivingBack(PayoutAccounts accounts, BookedStore booked) {
        this.accounts = accounts;
        this.booked = booked;
    }

    Bookkeeper.Made book(Transaction transaction, Intent intent, Key key, Effect.GiveBack back, Details given) {
        DSLContext db = transaction.db();
        Ledger joined = transaction.ledger();
        List<Posting> payers = new ArrayList<>(fee(db, joined, intent, back));
        List<Debt> debts = back.isLate() ? debts(db, joined, intent, back) : List.of();
        Details details = given;
        Money toWallet = back.amount().plus(back.fee());
        for (Debt debt : debts) {
            payers.add(Posting.credit(debt.path(), debt.ended()));
            details = debt.isMoved() ? BookedStore.standingFor(details, debt.role(), debt.path()) : details;
            toWallet = toWallet.minus(debt.ended());
        }
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
    private List<Posting> fee(DSLContext db, Ledger ledger, Intent intent, Effect.GiveBack back) {
        List<Posting> payers = new ArrayList<>();
        if (back.fee().isPositive()) {
            Money ofClosed = Money.zero(back.fee().currency());
            for (BookedStore.Booked share :
                    booked.feeShares(db, intent.id(), back.fee().minor())) {
                Money part = intent.money(share.minor());
                if (OpenAccounts.isClosed(ledger, Account.of(share.path(), part.currency()))) {
                    ofClosed = ofClosed.plus(part);
                } else {
                    payers.add(Posting.debit(share.path(), part));
                }
            }
            payers.addAll(accounts.fee(Side.DEBIT, ofClosed));
        }
        return payers;
    }

    /**
     * What is ended of a debt, or of the loss that it became.
     *
     * @param role of the entry that booked it
     * @param isMoved whether it ends on another account than that on which it was booked
     */
    private record Debt(EntryRole role, String path, boolean isMoved, Money ended) {}

    /**
     * Returns what of that which comes back the wallet had not paid: it ends what its owner owes us for the payout, and then
     * what of that we had given up.
     */
    private List<Debt> debts(DSLContext db, Ledger ledger, Intent intent, Effect.GiveBack back) {
        List<Debt> debts = new ArrayList<>();
        Money left = back.amount().plus(back.fee());
        for (EntryRole role : List.of(EntryRole.LATE, EntryRole.WRITE_OFF)) {
            Optional<BookedStore.Booked> debt =
                    role == EntryRole.LATE ? Debts.owed(booked, db, intent) : booked.left(db, intent.id(), role);
            Money all = debt.map(owed -> intent.money(owed.minor())).orElse(Money.zero(left.currency()));
            Money part = all.compareTo(left) < 0 ? all : left;
            if (part.isPositive()) {
                String path = debt.orElseThrow().path();
                String today = role == EntryRole.LATE ? accounts.latePayouts(intent.wallet()) : accounts.lateLosses();
                String to = OpenAccounts.standingFor(ledger, path, today, part.currency());
                debts.add(new Debt(role, to, !to.equals(path), part));
                left = left.minus(part);
            }
        }
        return debts;
    }
}
