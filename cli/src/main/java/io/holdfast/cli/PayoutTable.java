package io.holdfast.cli;

import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Recipient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows payouts so that one sees at a glance what is in doubt, since when, and what may be done. */
final class PayoutTable {

    private PayoutTable() {}

    static TextTable of(List<Payout> payouts) {
        boolean hasDoubt =
                payouts.stream().anyMatch(payout -> payout.inDoubtSince().isPresent());
        List<String> heads = new ArrayList<>(
                List.of("KEY", "STATUS", "WALLET", ">AMOUNT", ">FEE", "RECIPIENT", "PROVIDER", "UPDATED"));
        if (hasDoubt) {
            heads.add("IN DOUBT SINCE");
        }
        TextTable table = new TextTable(heads);
        for (Payout payout : payouts) {
            List<Object> cells = new ArrayList<>(List.of(
                    payout.key(),
                    payout.status(),
                    wallet(payout),
                    payout.amount(),
                    payout.fee().toPlainString(),
                    recipient(payout.recipient()),
                    payout.provider(),
                    payout.updatedAt()));
            if (hasDoubt) {
                cells.add(payout.inDoubtSince().map(Object.class::cast).orElse("-"));
            }
            table.row(cells);
        }
        return table;
    }

    /**
     * Returns what of the whole ledger waits for somebody.
     *
     * @param waiting how many payouts stand so, of those that are in doubt or wait for people; none is left out
     * @param openItems how many items nobody has closed
     */
    static String summary(Map<PayoutStatus, Long> waiting, long openItems) {
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
                .ifPresent(advice -> text.append("  ")
                        .append(TextWidth.wrapped(
                                status + ": " + advice + ". All: `holdfast payout list --status " + status + "`", 2))));
        if (openItems > 0) {
            text.append(openItems == 1 ? "1 item" : openItems + " items")
                    .append(" to look at: `holdfast payout items`\n");
        }
        return text.toString();
    }

    /** Returns a wallet as {@code --wallet} takes it: by its owner where it has one. */
    private static String wallet(Payout payout) {
        String path = payout.wallet().path();
        return path.startsWith(Wallets.ROOT) ? path.substring(Wallets.ROOT.length()) : path;
    }

    /** Returns a recipient masked; a phone number needs no word that says what it is. */
    private static String recipient(Recipient recipient) {
        String masked = recipient.toString();
        return recipient instanceof Recipient.MobileMoney ? masked.substring(masked.lastIndexOf(' ') + 1) : masked;
    }
}
