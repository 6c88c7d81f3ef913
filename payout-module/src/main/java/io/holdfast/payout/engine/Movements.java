package io.holdfast.payout.engine;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.Reversal;
import io.holdfast.payout.PayoutAccounts;
import io.holdfast.payout.PayoutItem.Kind;
import io.holdfast.payout.StatementLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Books money that left without a payout of ours, and takes that back should it turn out to be a payout's after all. */
final class Movements {

    private static final Logger LOG = LoggerFactory.getLogger(Movements.class);

    private final Desk desk;
    private final Ledger ledger;

    Movements(Desk desk, Ledger ledger) {
        this.desk = desk;
        this.ledger = ledger;
    }

    /** Puts what was paid in suspense, once, with an item; returns nothing if it may be a payout's, and then books nothing. */
    Optional<UUID> suspend(String provider, StatementLine line) {
        PayoutAccounts accounts = desk.settings().accounts();
        Money paid =
                line.amount().plus(line.fee().orElse(Money.zero(line.amount().currency())));
        for (String path : List.of(accounts.suspense(provider), accounts.providerFloat(provider))) {
            Account account = Account.of(path, paid.currency());
            if (ledger.account(account).isEmpty()) {
                ledger.open(AccountTerms.of(account));
            }
        }
        try {
            return Optional.of(desk.session().write(transaction -> suspend(transaction, provider, line, paid)));
        } catch (MayBeOurs changedMeanwhile) {
            return Optional.empty();
        }
    }

    private UUID suspend(Transaction transaction, String provider, StatementLine line, Money paid) {
        PayoutAccounts accounts = desk.settings().accounts();
        EntryReference known = EntryReference.of(key(provider, line.reference()));
        Optional<UUID> before = transaction.ledger().entry(known).map(entry -> entry.id());
        if (before.isPresent()) {
            return before.get();
        }
        Details details = Details.NONE
                .describedAs("Paid by " + provider + " without a payout of ours")
                .metadata("provider", provider)
                .metadata("reference", line.reference())
                .asUnconditional();
        UUID entry = transaction
                .ledger()
                .post(new JournalEntry(
                        key(provider, line.reference()),
                        details,
                        List.of(
                                Posting.debit(accounts.suspense(provider), paid),
                                Posting.credit(accounts.providerFloat(provider), paid))))
                .id();
        // Only now, when whoever settles a payout has to wait for the float: one that did before is seen, one that does
        // after is still in doubt.
        if (mayBeOurs(transaction, provider, line)) {
            throw new MayBeOurs();
        }
        String detail = provider + " paid " + line.reference() + ", " + line.amount()
                + ", without a payout of ours; it stands in suspense";
        LOG.warn("{}", detail);
        desk.stores()
                .history()
                .open(
                        transaction.db(),
                        Optional.empty(),
                        new Finding(Kind.UNEXPLAINED, detail),
                        desk.clock().now(transaction.db()));
        return entry;
    }

    private boolean mayBeOurs(Transaction transaction, String provider, StatementLine line) {
        return desk.stores().payouts().isBound(transaction.db(), provider, line.reference())
                || desk.stores()
                        .statements()
                        .mayBeOurs(
                                transaction.db(),
                                provider,
                                line.amount().currency(),
                                line.amount().minor());
    }

    /** Takes from suspense what is a payout's after all, which books it itself. */
    static void explain(Transaction transaction, String provider, String reference) {
        Key key = key(provider, reference);
        if (transaction.ledger().entry(EntryReference.of(key)).isPresent()) {
            Reversal back = new Reversal(
                    Key.reserved("reconciliation", movement(provider, reference) + ":explained"),
                    Details.NONE
                            .describedAs("A payout of ours after all")
                            .metadata("reference", reference)
                            .asUnconditional(),
                    EntryReference.of(key),
                    Optional.empty(),
                    List.of());
            // A person may have undone it already.
            LOG.info("{} of {}: {}", reference, provider, transaction.ledger().execute(List.of(back)));
        }
    }

    private static Key key(String provider, String reference) {
        return Key.reserved("reconciliation", movement(provider, reference).toString());
    }

    private static UUID movement(String provider, String reference) {
        return UUID.nameUUIDFromBytes((provider + " " + reference).getBytes(StandardCharsets.UTF_8));
    }

    /** Undoes the transaction. */
    private static final class MayBeOurs extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
