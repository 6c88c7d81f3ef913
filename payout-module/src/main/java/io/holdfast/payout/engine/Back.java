package io.holdfast.payout.engine;

import io.holdfast.payout.StatementLine;
import io.holdfast.payout.StatementLine.Status;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * That what was paid had come back, or may have, before it is said to be paid.
 *
 * @param on the provider's date of that, if it is told
 * @param isBetween whether it is shown as paid already, beside what is said now
 * @param isBooked whether it has left suspense, or does by what is shown: not where what is shown last is paid
 */
record Back(Optional<LocalDate> on, boolean isBetween, boolean isBooked) {

    /**
     * Returns the last that is shown as having come back before one that is paid, if any is. On one date it has if another one is
     * paid before; so it may if a date is not told.
     *
     * @param shown all under one reference, in the order in which it happened
     */
    static Optional<Back> before(int paid, List<Shown> shown) {
        StatementLine line = shown.get(paid).line();
        if (line.status() != Status.PAID) {
            return Optional.empty();
        }
        boolean isRepeated =
                shown.subList(0, paid).stream().anyMatch(other -> other.line().status() == Status.PAID);
        boolean isBooked = shown.get(shown.size() - 1).line().status() != Status.PAID;
        return shown.stream()
                .map(Shown::line)
                .filter(other -> other.status() == Status.CAME_BACK)
                .filter(other -> mayBeBefore(other.on(), line.on(), isRepeated))
                .map(other -> other.on().filter(date -> line.on().isPresent()))
                .max(Comparator.comparing(on -> on.orElse(LocalDate.MIN)))
                .map(on -> new Back(on, isRepeated, isBooked));
    }

    private static boolean mayBeBefore(Optional<LocalDate> back, Optional<LocalDate> paid, boolean isRepeated) {
        if (back.isPresent() && paid.isPresent()) {
            int order = back.get().compareTo(paid.get());
            return order < 0 || (order == 0 && isRepeated);
        }
        // What is shown as paid once, without a date, is what came back.
        return isRepeated || paid.isPresent();
    }
}
