package io.holdfast.cli;

import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Recipient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Shows payouts so that one sees at a glance what is in doubt, since when, and what may be done. */
final class PayoutTable {

    private PayoutTable() {}

    static TextTable of(List<Payout> payouts) {
        TextTable table =
                new TextTable("KEY", "STATUS", "WALLET", ">AMOUNT", ">FEE", "RECIPIENT", "PROVIDER", "UPDATED");
        for (Payout payout : payouts) {
            String key = payout.key().value();
            table.row(
                            TextTable.cut(key),
                            payout.status(),
                            TextTable.cut(wallet(payout)),
                            payout.amount(),
                            payout.fee().toPlainString(),
                            TextTable.cut(recipient(payout.recipient())),
                            payout.provider(),
                            payout.updatedAt())
                    .below(nameIfCut(key, payout.id()))
                    .below(payout.inDoubtSince()
                            .map(since -> "in doubt since " + TextTable.shown(since))
                            .orElse(""));
        }
        return table;
    }

    /** Returns by what a payout can be named where its key is not shown as a whole, else nothing. */
    static String nameIfCut(String key, UUID id) {
        return TextTable.cut(key).equals(key) ? "" : id.toString();
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
            text.append(Counted.of(openItems, "item")).append(" to look at: `holdfast payout items`\n");
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
