package io.holdfast.cli;

import io.holdfast.ledger.Key;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.Payouts;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a person should look at: {@code holdfast payout items} and what can be done about it. */
final class PayoutItemCommands {

    private PayoutItemCommands() {}

    /** {@code holdfast payout items}. */
    @Command(
            name = "items",
            description = {
                "Lists what a person should look at, the oldest first.",
                "What somebody has closed is left out."
            })
    static final class Items implements Callable<Integer> {

        private static final String CLOSING =
                "What to do about each is in docs/recipes/look-after-payouts.md. Who has looked"
                        + "\nat one closes it: `holdfast payout close-item ITEM --note TEXT`\n";

        private final CommandContext context;

        @Mixin
        private PageOptions page = new PageOptions();

        Items(CommandContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            return context.with(place -> {
                Payouts payouts = place.payouts();
                List<PayoutItem> items = payouts.items(page.limit(), page.offset());
                long total = payouts.openItems();
                context.output()
                        .result(
                                page.document(
                                        items.stream()
                                                .map(PayoutItemCommands::document)
                                                .toList(),
                                        total),
                                text(items, total, WaitingPayouts.count(payouts)));
                return ExitCode.DONE.number();
            });
        }

        private String text(List<PayoutItem> items, long total, WaitingPayouts waiting) {
            TextTable table = new TextTable(">ITEM", "PAYOUT", "WHAT", "SINCE");
            items.forEach(item -> table.row(
                            item.number(),
                            item.key().map(Key::value).map(TextTable::cut).orElse("-"),
                            item.kind(),
                            item.openedAt())
                    .below(item.key()
                            .flatMap(key -> item.payout().map(id -> PayoutTable.nameIfCut(key.value(), id)))
                            .orElse(""))
                    .below(item.detail()));
            return page.text(table, "No items.", items.size(), total)
                    + waiting.forPeople()
                    + (items.isEmpty() ? "" : CLOSING);
        }
    }

    /** {@code holdfast payout close-item}. */
    @Command(name = "close-item", description = "Closes an item that somebody has looked at.")
    static final class Close implements Callable<Integer> {

        private final CommandContext context;

        @Parameters(paramLabel = "ITEM", description = "its number, as `payout items` shows it")
        private long item;

        @Option(names = "--note", paramLabel = "TEXT", required = true, description = "what was found")
        private String note = "";

        Close(CommandContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            return context.with(place -> {
                place.payouts().closeItem(item, note);
                context.output()
                        .result(new Document().with("item", item).with("closed", true), "Item " + item + " is closed");
                return ExitCode.DONE.number();
            });
        }
    }

    /** {@code holdfast payout collect}. */
    @Command(
            name = "collect",
            description = {
                "Takes what a wallet's owner owes for a payout that succeeded late.",
                "It comes from the wallet, as far as that has funds."
            })
    static final class Collect extends Debt {
        Collect(CommandContext context) {
            super(context);
        }

        @Override
        Payout settle(Payouts payouts, Payout payout, Key key) {
            return payouts.collect(payout.id(), key);
        }
    }

    /** {@code holdfast payout write-off}. */
    @Command(name = "write-off", description = "Gives up what is still owed for a payout that succeeded late.")
    static final class WriteOff extends Debt {
        WriteOff(CommandContext context) {
            super(context);
        }

        @Override
        Payout settle(Payouts payouts, Payout payout, Key key) {
            return payouts.writeOff(payout.id(), key);
        }
    }

    /** What the two ways to end a debt have in common. */
    abstract static class Debt implements Callable<Integer> {

        private final CommandContext context;

        @Parameters(paramLabel = "KEY|ID", description = "its key or its id")
        private String name = "";

        @Option(names = "--key", paramLabel = "KEY", required = true, description = "idempotency key")
        private String key = "";

        Debt(CommandContext context) {
            this.context = context;
        }

        abstract Payout settle(Payouts payouts, Payout payout, Key key);

        @Override
        public Integer call() {
            return context.with(place -> {
                Payouts payouts = place.payouts();
                Payout payout = settle(payouts, PayoutCommands.found(payouts, name), Key.of(key));
                context.output().result(PayoutDocument.of(payout), PayoutDocument.text(payout));
                return ExitCode.DONE.number();
            });
        }
    }

    private static Document document(PayoutItem item) {
        return new Document()
                .with("number", item.number())
                .with("payout", item.payout())
                .with("key", item.key().map(Key::value))
                .with("kind", item.kind())
                .with("detail", item.detail())
                .with("openedAt", item.openedAt());
    }
}
