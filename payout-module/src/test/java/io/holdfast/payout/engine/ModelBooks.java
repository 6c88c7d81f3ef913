package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.tzs;

import io.holdfast.ledger.Money;
import io.holdfast.payout.StatementLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a {@link ModelBank} really did with what we have prefunded.
 *
 * @param payments all that it was ever asked for, in order
 */
record ModelBooks(List<ModelPayment> payments) {

    /** Returns what the bank has taken, less what it gave back. */
    Money taken() {
        return payments.stream().map(ModelPayment::taken).reduce(tzs(0), Money::plus);
    }

    /** Returns what each payment that was made has taken, by the reference under which it was made. */
    Map<String, Money> takenByReference() {
        Map<String, Money> taken = new HashMap<>();
        payments.stream().filter(ModelPayment::isPaid).forEach(payment -> {
            Money again = payment.twin().map(twin -> payment.once()).orElse(tzs(0));
            taken.put(payment.reference, payment.taken().minus(again));
            payment.twin().ifPresent(twin -> taken.put(twin, again));
        });
        return taken;
    }

    /** Returns what was ever taken, by reference, whatever was given back since: it only grows. */
    Map<String, Money> everTakenByReference() {
        Map<String, Money> taken = new HashMap<>();
        for (ModelPayment payment : payments) {
            taken.put(payment.reference, payment.isPaid() ? payment.once() : payment.kept());
            payment.twin().ifPresent(twin -> taken.put(twin, payment.once()));
        }
        return taken;
    }

    /** Returns how many payments were made a second time. */
    long paidTwice() {
        return payments.stream().filter(payment -> payment.twin().isPresent()).count();
    }

    /** Returns the bank's own statement: all that it was ever asked to pay, and what it paid twice. */
    List<StatementLine> statement() {
        List<StatementLine> lines = new ArrayList<>();
        for (ModelPayment payment : payments) {
            lines.add(payment.line(payment.reference));
            payment.twin().ifPresent(again -> lines.add(payment.line(again)));
        }
        return lines;
    }

    /** Returns what it was asked to pay for one payout. */
    List<ModelPayment> of(UUID payout) {
        return payments.stream()
                .filter(payment -> payment.instruction.payout().equals(payout))
                .toList();
    }
}
