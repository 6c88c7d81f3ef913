package io.holdfast.cli;

import io.holdfast.payout.AttemptState;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutPage;
import io.holdfast.payout.PayoutSend;
import io.holdfast.payout.PayoutStatus;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Shows a page of payouts so that one sees at a glance what is in doubt, since when, and what may be done. */
final class PayoutTable {

    private PayoutTable() {}

    static String of(PayoutPage page) {
        TextTable table = new TextTable(
                "KEY", "STATUS", "WALLET", ">AMOUNT", ">FEE", "RECIPIENT", "PROVIDER", "IN DOUBT SINCE", "UPDATED");
        Set<PayoutStatus> shown = EnumSet.noneOf(PayoutStatus.class);
        for (Payout payout : page.items()) {
            shown.add(payout.status());
            table.row(
                    payout.key(),
                    payout.status(),
                    payout.wallet().path(),
                    payout.amount(),
                    payout.fee().toPlainString(),
                    payout.recipient(),
                    payout.provider(),
                    inDoubtSince(payout).map(Object::toString).orElse("-"),
                    payout.updatedAt());
        }
        StringBuilder text = new StringBuilder(table.orIfEmpty("No payouts."));
        shown.stream()
                .flatMap(status -> advice(status).stream())
                .forEach(advice -> text.append(advice).append('\n'));
        long after = (long) page.offset() + page.items().size();
        if (after < page.total()) {
            text.append(after)
                    .append(" of ")
                    .append(page.total())
                    .append("; the next: --offset ")
                    .append(after)
                    .append('\n');
        }
        return text.toString();
    }

    /** Returns when that was first sent of which it is not known what became. */
    private static Optional<Instant> inDoubtSince(Payout payout) {
        return switch (payout.status()) {
            case SENDING, UNKNOWN, REVIEW ->
                payout.attempts().stream()
                        .filter(attempt -> attempt.state() != AttemptState.FAILED)
                        .flatMap(attempt -> attempt.sends().stream())
                        .filter(send -> !send.createdNothing())
                        .map(PayoutSend::sentAt)
                        .findFirst();
            default -> Optional.empty();
        };
    }

    private static Optional<String> advice(PayoutStatus status) {
        return switch (status) {
            case AWAITING_APPROVAL ->
                Optional.of(
                        "AWAITING_APPROVAL: others have to agree, `holdfast payout approve KEY`, or not, `payout refuse`");
            case SENDING ->
                Optional.of(
                        "SENDING: a processor is at it; if it died, its lease runs out and `holdfast payout run` goes on");
            case UNKNOWN ->
                Optional.of("UNKNOWN: it may have been paid, so the money stays held; `holdfast payout run` finds out."
                        + " Do not pay it otherwise");
            case REVIEW ->
                Optional.of(
                        "REVIEW: a person has to find out with the provider what became of it; the money stays held."
                                + " Do not pay it otherwise. Then `holdfast payout resolve KEY --as succeeded|failed"
                                + " --evidence TEXT`, and `holdfast payout confirm KEY` by another login");
            default -> Optional.empty();
        };
    }
}
