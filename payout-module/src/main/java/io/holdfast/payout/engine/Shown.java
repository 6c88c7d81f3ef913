package io.holdfast.payout.engine;

import io.holdfast.ledger.Money;
import io.holdfast.ledger.Times;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.StatementLine.Status;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Masking;
import io.holdfast.payout.spi.Outcome;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a provider shows of a payout.
 *
 * @param cameBack how much of it came back or never left, if any did
 * @param ourReference our own reference, if it is echoed
 * @param said by which it shows it
 */
record Shown(StatementLine line, Optional<Money> cameBack, Optional<String> ourReference, Evidence said) {

    private static final List<Status> ORDER =
            List.of(Status.UNDER_WAY, Status.PAID, Status.FAILED, Status.CAME_BACK, Status.UNREAD);

    private static final Comparator<Shown> AS_IT_HAPPENS = Comparator.comparing(
                    (Shown shown) -> shown.line().status(), Comparator.comparing(ORDER::indexOf))
            .thenComparing(shown -> shown.cameBack().map(Money::minor).orElse(BigInteger.ZERO));

    /**
     * Returns what is shown under one reference in the order in which it happened, in whatever order it is shown. Where all that
     * was decided has a date, the later counts: what had failed may have been paid after all. Else, and on one date, it is paid
     * before it fails or comes back. What cannot be read comes last, for a person to see.
     */
    static List<Shown> asItHappened(Collection<Shown> underOneReference) {
        boolean isDated = underOneReference.stream()
                .filter(Shown::isDecided)
                .allMatch(shown -> shown.line().on().isPresent());
        Comparator<Shown> byDate = Comparator.comparing(
                shown -> shown.line().on().filter(date -> isDated).orElse(LocalDate.MIN));
        Comparator<Shown> decided =
                (one, other) -> one.isDecided() && other.isDecided() ? byDate.compare(one, other) : 0;
        return underOneReference.stream()
                .sorted(decided.thenComparing(AS_IT_HAPPENS))
                .toList();
    }

    /** Tells whether it is shown to stand as another one under its reference. */
    boolean standsAs(Shown other) {
        return AS_IT_HAPPENS.compare(this, other) == 0;
    }

    static Shown of(StatementLine line) {
        boolean isBack = line.status() == Status.CAME_BACK || line.status() == Status.FAILED;
        return new Shown(line, Optional.of(line.amount()).filter(amount -> isBack), Optional.empty(), Evidence.NONE);
    }

    static Shown of(ListedPayout listed, ZoneId zone) {
        StatementLine line = line(listed, zone);
        Optional<Money> cameBack = listed.outcome() instanceof Outcome.Reversed reversed
                ? Optional.of(reversed.amount())
                : of(line).cameBack();
        return new Shown(line, cameBack, listed.ourReference(), listed.outcome().evidence());
    }

    private boolean isDecided() {
        return line.status() != Status.UNDER_WAY && line.status() != Status.UNREAD;
    }

    /** Returns what a person is to be told of it, to stand behind what is said of it; nothing if there is nothing. */
    String remark() {
        boolean isWithoutFee = line.status() == Status.PAID && line.fee().isEmpty();
        return said.alert()
                .map(told -> line.address()
                        .map(address -> Masking.mask(told, address))
                        .orElse(told))
                .map(told -> "; " + told + (isWithoutFee ? ", and no fee is booked" : ""))
                .orElse("");
    }

    String reference() {
        return line.reference();
    }

    private static StatementLine line(ListedPayout listed, ZoneId zone) {
        Optional<Money> fee = listed.outcome() instanceof Outcome.Succeeded succeeded
                ? succeeded.particulars().chargedFee()
                : Optional.empty();
        Optional<LocalDate> on =
                listed.outcome().at().map(at -> LocalDate.ofInstant(at, zone)).filter(Times::areKept);
        return new StatementLine(
                listed.reference(), listed.amount(), fee, status(listed.outcome()), listed.address(), on);
    }

    private static Status status(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted) {
            return Status.UNDER_WAY;
        } else if (outcome instanceof Outcome.Succeeded) {
            return Status.PAID;
        } else if (outcome instanceof Outcome.Failed) {
            return Status.FAILED;
        }
        return outcome instanceof Outcome.Reversed ? Status.CAME_BACK : Status.UNREAD;
    }
}
