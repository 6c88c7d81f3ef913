package io.holdfast.cli;

import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutPage;
import io.holdfast.payout.PayoutStatus;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows a page of payouts so that one sees at a glance what is in doubt, since when, and what may be done. */
final class PayoutTable {

    private PayoutTable() {}

    /**
     * Returns a page, and below it what of the whole ledger waits for somebody.
     *
     * @param waiting how many payouts stand so, of those that are in doubt or wait for people; none is left out
     * @param openItems how many items nobody has closed
     */
    static String of(PayoutPage page, Map<PayoutStatus, Long> waiting, long openItems) {
        TextTable table = new TextTable(
                "KEY", "STATUS", "WALLET", ">AMOUNT", ">FEE", "RECIPIENT", "PROVIDER", "IN DOUBT SINCE", "UPDATED");
        for (Payout payout : page.items()) {
            table.row(
                    payout.key(),
                    payout.status(),
                    payout.wallet().path(),
                    payout.amount(),
                    payout.fee().toPlainString(),
                    payout.recipient(),
                    payout.provider(),
                    PayoutAdvice.inDoubtSince(payout).map(Object::toString).orElse("-"),
                    payout.updatedAt());
        }
        StringBuilder text = new StringBuilder(table.orIfEmpty("No payouts."));
        long after = (long) page.offset() + page.items().size();
        if (after < page.total() && !page.items().isEmpty()) {
            text.append(after)
                    .append(" of ")
                    .append(page.total())
                    .append("; the next: --offset ")
                    .append(after)
                    .append('\n');
        } else if (page.items().isEmpty() && page.total() > 0) {
            text.append("There are ").append(page.total()).append(" in all; the first: --offset 0\n");
        }
        return text.append(summary(waiting, openItems)).toString();
    }

    private static String summary(Map<PayoutStatus, Long> waiting, long openItems) {
        String counts = waiting.entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
        StringBuilder text = new StringBuilder();
        if (!counts.isEmpty()) {
            text.append("In the whole ledger: ").append(counts).append('\n');
        }
        waiting.forEach((status, count) -> PayoutAdvice.about(status, "KEY")
                .filter(advice -> count > 0)
                .ifPresent(advice -> text.append(status)
                        .append(": ")
                        .append(advice)
                        .append("; all: --status ")
                        .append(status)
                        .append('\n')));
        if (openItems > 0) {
            text.append(openItems).append(" items to look at: `holdfast payout items`\n");
        }
        return text.toString();
    }
}
