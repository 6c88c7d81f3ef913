package io.holdfast.cli;

import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutPage;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Payouts;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast payout list}. */
@Command(
        name = "list",
        description = {
            "Lists payouts in the order in which they were requested.",
            "The oldest comes first, so that pages stay as they are while payouts come; with --newest-first the latest.",
            "Filters combine.",
            "Below the table stands what of the whole ledger is in doubt or waits for people, whatever the filters."
        })
final class PayoutListCommand implements Callable<Integer> {

    /** In doubt, or to be agreed to. */
    private static final List<PayoutStatus> WAITING = Stream.of(PayoutStatus.values())
            .filter(status -> status.isInDoubt() || status == PayoutStatus.AWAITING_APPROVAL)
            .toList();

    private final CommandContext context;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "only those that stand so, or as another --status says: ${COMPLETION-CANDIDATES}")
    private List<PayoutStatus> statuses = List.of();

    @Option(names = "--in-doubt", description = "the same as --status SENDING --status UNKNOWN --status REVIEW")
    private boolean inDoubt;

    @Option(
            names = "--wallet",
            paramLabel = "WALLET",
            description = "only those of this wallet, in all its currencies: its owner, or its path")
    private Optional<String> wallet = Optional.empty();

    @Option(names = "--currency", paramLabel = "CURRENCY", description = "only those in this currency")
    private Optional<String> currencyCode = Optional.empty();

    @Option(names = "--from", paramLabel = "INSTANT", description = "only those requested at or after it")
    private Optional<Instant> from = Optional.empty();

    @Option(names = "--to", paramLabel = "INSTANT", description = "only those requested before it")
    private Optional<Instant> to = Optional.empty();

    @Option(names = "--newest-first", description = "the latest request first")
    private boolean newestFirst;

    @Mixin
    private PageOptions page = new PageOptions();

    PayoutListCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.with(place -> {
            Payouts payouts = place.payouts();
            PayoutPage found = payouts.list(query(place));
            Map<PayoutStatus, Long> waiting = new EnumMap<>(PayoutStatus.class);
            for (PayoutStatus status : WAITING) {
                waiting.put(status, payouts.count(PayoutQuery.FIRST_PAGE.status(status)));
            }
            List<Payout> items = found.items();
            context.output()
                    .result(
                            page.document(
                                    items.stream().map(PayoutDocument::listed).toList(), found.total()),
                            page.text(PayoutTable.of(items), "No payouts.", items.size(), found.total())
                                    + PayoutTable.summary(waiting, payouts.openItems()));
            return ExitCode.DONE.number();
        });
    }

    private Set<PayoutStatus> statuses() {
        Set<PayoutStatus> all = new HashSet<>(statuses);
        if (inDoubt) {
            Stream.of(PayoutStatus.values()).filter(PayoutStatus::isInDoubt).forEach(all::add);
        }
        return all;
    }

    private PayoutQuery query(Workplace place) {
        return new PayoutQuery(
                statuses(),
                wallet.map(name -> path(place, name)),
                currencyCode.map(place.amounts()::currency),
                from,
                to,
                newestFirst ? PayoutQuery.Order.NEWEST_FIRST : PayoutQuery.Order.OLDEST_FIRST,
                page.limit(),
                page.offset());
    }

    private static String path(Workplace place, String name) {
        return place.accountsAt(name.indexOf(':') < 0 ? Wallets.ROOT + name : name)
                .get(0)
                .path();
    }
}
