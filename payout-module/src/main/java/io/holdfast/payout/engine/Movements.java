package io.holdfast.payout.engine;

import static java.util.stream.Collectors.toMap;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.RefusedException;
import io.holdfast.ledger.Reversal;
import io.holdfast.payout.PayoutAccounts;
import io.holdfast.payout.PayoutItem.Kind;
import io.holdfast.payout.StatementLine;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Books money that left without a payout of ours, and takes that back should it turn out to be a payout's after all. */
final class Movements {

    /** How the keys of its entries begin. */
    static final String PREFIX = Key.reserved("reconciliation", "").value();

    /** Metadata: on which date the provider says that it was paid. */
    private static final String PAID_ON = "paid-on";

    /** Metadata: on which date the provider says that it came back. */
    static final String CAME_BACK_ON = "came-back-on";

    private static final Logger LOG = LoggerFactory.getLogger(Movements.class);

    private final Desk desk;
    private final Ledger ledger;

    Movements(Desk desk, Ledger ledger) {
        this.desk = desk;
        this.ledger = ledger;
    }

    /**
     * Puts what was paid in suspense, once, with an item; returns nothing if it may be a payout's, and then books nothing.
     *
     * @param back what is shown beside it as having come back before it
     */
    Optional<UUID> suspend(String provider, Shown shown, Optional<Back> back) {
        StatementLine line = shown.line();
        PayoutAccounts accounts = desk.settings().accounts();
        Money paid =
                line.amount().plus(line.fee().orElse(Money.zero(line.amount().currency())));
        for (String path : List.of(accounts.suspense(provider), accounts.providerFloat(provider))) {
            OpenAccounts.open(ledger, Account.of(path, paid.currency()));
        }
        try {
            return Optional.of(desk.session().write(transaction -> suspend(transaction, provider, shown, back, paid)));
        } catch (MayBeOurs changedMeanwhile) {
            return Optional.empty();
        }
    }

    private UUID suspend(Transaction transaction, String provider, Shown shown, Optional<Back> back, Money paid) {
        StatementLine line = shown.line();
        // Whoever binds it may book nothing, and then no float makes the one wait for the other.
        desk.stores().payouts().lock(transaction.db(), provider, line.reference());
        PayoutAccounts accounts = desk.settings().accounts();
        EntryReference known = EntryReference.of(key(provider, line.reference()));
        Optional<RecordedEntry> before = transaction.ledger().entry(known);
        if (before.isPresent()) {
            noteAgain(transaction, provider, line, back, before.get());
            return before.get().id();
        }
        Instant now = desk.clock().now(transaction.db());
        LocalDate first = opened(transaction.ledger(), Account.of(accounts.providerFloat(provider), paid.currency()));
        Details details = told(Details.NONE, PAID_ON, line)
                .effectiveOn(desk.scribe().date(line.on(), first, now))
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
        String detail = provider + " paid " + line.reference() + ", " + figures(line)
                + ", without a payout of ours; it stands in suspense" + shown.remark();
        LOG.warn("{}", detail);
        desk.stores().history().open(transaction.db(), Optional.empty(), new Finding(Kind.UNEXPLAINED, detail), now);
        return entry;
    }

    /**
     * What had come back and is paid once more under the same reference is booked no second time, so a person has to look. The
     * provider's dates tell, not those on which it is booked; where they do not, it may have been. What has no date, or the date of
     * what is booked, is taken for that, unless both are shown.
     */
    private void noteAgain(
            Transaction transaction, String provider, StatementLine line, Optional<Back> shown, RecordedEntry booked) {
        DSLContext db = transaction.db();
        Optional<LocalDate> paidOn =
                Optional.ofNullable(booked.metadata().get(PAID_ON)).map(LocalDate::parse);
        Optional<LocalDate> other = line.on().filter(date -> !paidOn.equals(Optional.of(date)));
        Optional<Back> undone = desk.stores().movements().undone(db, booked.id());
        shown.filter(back -> back.isBetween() || other.isPresent())
                .or(() -> undone.filter(back -> other.filter(
                                date -> back.on().map(date::isAfter).orElse(true))
                        .isPresent()))
                .filter(back -> !desk.stores().payouts().isBound(db, provider, line.reference()))
                .ifPresent(back -> {
                    boolean isBackBooked = undone.isPresent() || back.isBooked();
                    String detail = provider + " paid " + line.reference() + ", " + figures(line) + ", "
                            + onceMore(line, back)
                            + (isBackBooked
                                    ? "; that is not booked"
                                    : "; neither what came back nor that is booked: one payment stands in suspense");
                    LOG.warn("{}", detail);
                    Finding finding = new Finding(Kind.UNEXPLAINED, detail);
                    Instant now = desk.clock().now(db);
                    desk.stores().history().open(db, Optional.empty(), finding, now);
                });
    }

    private static String onceMore(StatementLine line, Back back) {
        return "once more"
                + line.on().map(date -> " on " + date).orElse("")
                + back.on()
                        .map(date -> " after it had come back on " + date)
                        .orElse(", and no dates tell whether after it had come back");
    }

    /** Tells whether what came back of what an entry put in suspense has left it. */
    boolean hasLeft(UUID entry) {
        return desk.session()
                .read(db -> desk.stores().movements().undone(db, entry))
                .isPresent();
    }

    /** Returns what a line says was paid, and what it says was charged for that. */
    static String figures(StatementLine line) {
        Money amount = line.amount();
        return amount
                + line.fee()
                        .filter(fee -> !fee.isZero())
                        .map(fee ->
                                " and a fee of " + fee + (isMore(fee, amount) ? " (more than the amount itself)" : ""))
                        .orElse("");
    }

    /** Tells whether a fee is more than the amount itself, which whoever told it may have mistaken. */
    static boolean isMore(Money fee, Money amount) {
        return fee.currency().equals(amount.currency()) && fee.compareTo(amount) > 0;
    }

    /** Returns since when an account is kept: what is said to have happened before is not believed to. */
    private static LocalDate opened(Ledger ledger, Account account) {
        return LocalDate.ofInstant(ledger.account(account).orElseThrow().openedAt(), ledger.zone());
    }

    private boolean mayBeOurs(Transaction transaction, String provider, StatementLine line) {
        return desk.stores().payouts().isBound(transaction.db(), provider, line.reference())
                || !candidates(transaction.db(), provider, line).isEmpty();
    }

    /**
     * Returns the payouts that a movement may be: of that amount at that provider, to that recipient if it shows one, and no
     * reference is known of them.
     */
    List<PayoutSnapshot> candidates(DSLContext db, String provider, StatementLine line) {
        Money amount = line.amount();
        List<UUID> unbound = desk.stores().statements().unbound(db, provider, amount.currency(), amount.minor());
        return desk.stores().reader().byId(db, unbound).values().stream()
                .filter(payout -> line.address()
                        .map(shown -> payout.intent().recipient().hasAddress(shown))
                        .orElse(true))
                .sorted(Comparator.comparing(payout -> payout.intent().key().value()))
                .toList();
    }

    /** A payment by a provider, under its reference. */
    record Payment(String provider, String reference) {}

    /**
     * Takes from suspense what payouts have booked themselves. That is to be asked once they have: then whoever suspends a
     * movement of the same provider waits for its float, and sees that a payout has the reference.
     *
     * @throws RefusedException if it stays there although it is a payout's; the transaction is then to be rolled back
     */
    static void explain(DSLContext db, Ledger ledger, MovementStore movements, Collection<Payment> payments) {
        Map<Key, Payment> byKey = payments.stream()
                .collect(toMap(payment -> key(payment.provider(), payment.reference()), payment -> payment));
        byKey.keySet().retainAll(movements.known(db, Set.copyOf(byKey.keySet())));
        byKey.forEach((key, payment) -> {
            Left left = left(db, ledger, movements, key);
            // On the date on which it was put there, so that the float has paid once on every date.
            leave(ledger, left, BigInteger.ZERO, left.why("A payout of ours after all: " + payment.reference()));
        });
    }

    /**
     * Takes back from suspense what failed or came back, but for the fee that it cost: what the provider says, else all that
     * was booked beside the amount. What a payout has booked left it before. Returns the entry that had put it there, if one
     * had.
     */
    Optional<UUID> returned(String provider, StatementLine line, Money back) {
        return desk.session().write(transaction -> {
            DSLContext db = transaction.db();
            MovementStore movements = desk.stores().movements();
            List<Key> known = movements.known(db, List.of(key(provider, line.reference())));
            if (known.isEmpty()) {
                return Optional.empty();
            }
            // Whoever books it for a payout has this lock too, so that no two take the same from suspense.
            desk.stores().payouts().lock(db, provider, line.reference());
            Left left = left(db, transaction.ledger(), movements, known.get(0));
            if (left.currency().equals(back.currency())) {
                BigInteger cost = line.fee()
                        .map(fee -> line.amount().plus(fee).minor())
                        .orElse(left.booked())
                        .subtract(back.minor());
                LocalDate date =
                        desk.scribe().date(line.on(), left.on(), desk.clock().now(db));
                Details why = left.why(line.reference() + " came back").effectiveOn(date);
                leave(transaction.ledger(), left, cost.max(BigInteger.ZERO), told(why, CAME_BACK_ON, line));
            }
            return Optional.of(left.entry());
        });
    }

    /** Keeps the provider's date of a line, which need not be the one on which it is booked, if it tells one. */
    private static Details told(Details details, String name, StatementLine line) {
        return line.on().map(date -> details.metadata(name, date.toString())).orElse(details);
    }

    /** What stands of a movement since a date. */
    private record Left(UUID entry, Currency currency, BigInteger booked, BigInteger minor, LocalDate on) {

        Details why(String description) {
            return Details.NONE.effectiveOn(on).describedAs(description).asUnconditional();
        }
    }

    private static Left left(DSLContext db, Ledger ledger, MovementStore movements, Key key) {
        RecordedEntry entry = ledger.entry(EntryReference.of(key)).orElseThrow();
        Money booked = entry.postings().get(0).amount();
        return new Left(
                entry.id(), booked.currency(), booked.minor(), movements.left(db, entry.id()), entry.effectiveOn());
    }

    /** Lets so much of a movement stand, if more does. */
    private static void leave(Ledger ledger, Left left, BigInteger standing, Details why) {
        if (left.minor().compareTo(standing) > 0) {
            Money undone = Money.ofMinor(left.currency(), left.minor().subtract(standing));
            Key key = Key.reserved("reconciliation", left.entry() + ":leaves-" + standing);
            RecordedEntry entry = ledger.reverse(
                    new Reversal(key, why, EntryReference.of(left.entry()), Optional.of(undone), List.of()));
            LOG.info("{}: entry {} takes {} from suspense", why.description(), entry.id(), undone);
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
