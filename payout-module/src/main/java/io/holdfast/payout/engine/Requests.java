package io.holdfast.payout.engine;

import io.holdfast.ledger.EntryIds;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.RefusedException;
import io.holdfast.payout.Payer;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition.Cause;
import io.holdfast.payout.spi.PayoutProvider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Checks requests and takes them down: the payout's row and its hold, together. */
final class Requests {

    private final Settings settings;
    private final Stores stores;
    private final Scribe scribe;
    private final Bookkeeper bookkeeper;
    private final RouteFinder routes;
    private final EntryIds ids;

    Requests(Desk desk, Bookkeeper bookkeeper, EntryIds ids) {
        this.settings = desk.settings();
        this.stores = desk.stores();
        this.scribe = desk.scribe();
        this.bookkeeper = bookkeeper;
        this.routes = new RouteFinder(desk.settings());
        this.ids = ids;
    }

    /** What a request that was not refused comes to. */
    record Accepted(Money amount, Money fee, List<String> routes) {}

    /**
     * Works out amount, fee and routes.
     *
     * @throws PayoutRefusedException if a rule says no
     */
    Accepted check(PayoutRequest request) {
        List<PayoutProvider> reaching = routes.reaching(request);
        Recipients.check(request.recipient());
        Money fee = settings.fees().stream()
                .filter(rule -> rule.appliesTo(
                        request.amount().currency(), request.recipient().channel()))
                .findFirst()
                .map(rule -> rule.schedule().feeFor(request.amount()))
                .orElse(Money.zero(request.amount().currency()));
        Money amount = request.payer() == Payer.SENDER
                ? request.amount()
                : request.amount().minus(fee);
        if (!amount.isPositive()) {
            throw new PayoutRefusedException(new PayoutRefusal.AmountOutOfRange(
                    "of " + request.amount() + " nothing is left for the recipient after a fee of " + fee));
        }
        return new Accepted(amount, fee, routes.permitted(reaching, amount, request.recipient()));
    }

    /**
     * Takes a payout down with its hold; does nothing if its key is taken or there is no such wallet.
     *
     * @throws RefusedException if the ledger refuses the hold
     */
    Optional<PayoutSnapshot> takeDown(
            Transaction transaction, PayoutRequest request, Accepted accepted, String actor, Instant now) {
        int checkers = settings.approvals().checkers(request.amount());
        Optional<Instant> approveBy = checkers == 0
                ? Optional.empty()
                : Optional.of(now.plus(settings.approvals().within()));
        Intent intent = new Intent(
                ids.next(now),
                request.key(),
                request.wallet(),
                accepted.amount(),
                accepted.fee(),
                request.payer(),
                request.recipient(),
                request.narration(),
                request.provider(),
                accepted.routes(),
                request.notBefore(),
                actor,
                now,
                checkers,
                approveBy);
        Standing standing = initial(intent, now);
        if (!stores.payouts().insert(transaction.db(), intent, standing, request.metadata())) {
            return Optional.empty();
        }
        UUID hold = bookkeeper.hold(transaction.ledger(), intent);
        PayoutSnapshot taken = scribe.move(
                transaction,
                new PayoutSnapshot(intent, standing, List.of()),
                standing,
                Scribe.Move.of(Cause.REQUEST, "Requested", actor, now));
        int number = taken.standing().transitions();
        stores.history().record(transaction.db(), intent.id(), number, EntryRole.HOLD, hold);
        return Optional.of(taken);
    }

    private static Standing initial(Intent intent, Instant now) {
        Money nothing = Money.zero(intent.amount().currency());
        if (intent.approveBy().isPresent()) {
            return Standing.initial(
                    PayoutStatus.AWAITING_APPROVAL, intent.approveBy().get(), nothing, now);
        }
        Instant due = intent.notBefore().filter(now::isBefore).orElse(now);
        return Standing.initial(due.isAfter(now) ? PayoutStatus.SCHEDULED : PayoutStatus.PENDING, due, nothing, now);
    }

    /** Returns the refusal of a request from a wallet that the ledger has not. */
    RefusedException noWallet(PayoutRequest request) {
        return new RefusedException(new Refusal.AccountNotFound(request.wallet()));
    }

    /** Returns in what a request differs from the one that was taken down under its key. */
    static List<String> differences(Intent intent, Map<String, String> metadata, PayoutRequest request) {
        List<String> differs = new ArrayList<>();
        compare(differs, "wallet", intent.wallet(), request.wallet());
        compare(differs, "amount", intent.named(), request.amount());
        compare(differs, "payer", intent.payer(), request.payer());
        compare(differs, "recipient", intent.recipient(), request.recipient());
        compare(differs, "narration", intent.narration(), request.narration());
        compare(differs, "metadata", metadata, request.metadata());
        compare(differs, "provider", intent.onlyProvider(), request.provider());
        compare(differs, "notBefore", intent.notBefore(), request.notBefore());
        return differs;
    }

    private static void compare(List<String> differs, String field, Object then, Object now) {
        if (!then.equals(now)) {
            differs.add(field);
        }
    }
}
