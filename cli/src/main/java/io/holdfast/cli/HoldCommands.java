package io.holdfast.cli;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Hold;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.HoldState;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast hold ...}. */
@Command(name = "hold", description = "Places, commits, releases and lists holds.")
final class HoldCommands {

    private static final int PAGE = 1_000;

    private final CommandContext context;

    HoldCommands(CommandContext context) {
        this.context = context;
    }

    @Command(name = "place", description = "Places a hold: the amount is no longer available until the hold ends.")
    int place(
            @Parameters(paramLabel = "PATH", description = "such as liabilities:wallets:alice") String path,
            @Parameters(paramLabel = "AMOUNT", description = "such as \"TZS 6500.00\"") String amount,
            @Option(names = "--key", paramLabel = "KEY", required = true, description = "idempotency key") String key,
            @Option(names = "--expires", paramLabel = "INSTANT", description = "when it ends by itself; default: never")
                    Optional<Instant> expires,
            @Mixin DetailOptions details) {
        return context.with(place -> {
            Money money = place.amounts().money(amount);
            HoldRequest request =
                    new HoldRequest(Key.of(key), details.read(), Account.of(path, money.currency()), money, expires);
            return context.execute(place.ledger(), request, "Held " + money + " of " + path);
        });
    }

    @Command(
            name = "commit",
            description = {
                "Spends a hold, wholly or in part.",
                "It takes what the postings net to on the account's normal side. What is left of the hold goes back to available, unless --no-final keeps it."
            })
    int commit(
            @Parameters(paramLabel = "ID", description = "the hold's id") UUID id,
            @Option(names = "--key", paramLabel = "KEY", required = true, description = "idempotency key") String key,
            @Mixin PostingOptions postings,
            @Option(
                            names = "--final",
                            negatable = true,
                            description =
                                    "give what is left back to available (so done when nothing is said), or keep it")
                    Optional<Boolean> finality,
            @Mixin DetailOptions details) {
        return context.with(place -> context.execute(
                place.ledger(),
                new HoldCommit(
                        Key.of(key), details.read(), HoldReference.of(id), postings.read(place.amounts()), finality),
                "Committed hold " + id));
    }

    @Command(name = "release", description = "Gives what is left of a hold back to available.")
    int release(
            @Parameters(paramLabel = "ID", description = "the hold's id") UUID id,
            @Option(names = "--key", paramLabel = "KEY", required = true, description = "idempotency key") String key,
            @Mixin DetailOptions details) {
        return context.with(place -> context.execute(
                place.ledger(),
                new HoldRelease(Key.of(key), details.read(), HoldReference.of(id)),
                "Released hold " + id));
    }

    @Command(name = "list", description = "Lists holds in the order in which they were placed.")
    int list(
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "only those in this state: ${COMPLETION-CANDIDATES}")
                    Optional<HoldState> state) {
        return context.with(place -> {
            List<Hold> holds = new ArrayList<>();
            List<Hold> page;
            do {
                int offset = holds.size();
                page = state.map(only -> place.ledger().holds(only, PAGE, offset))
                        .orElseGet(() -> place.ledger().holds(PAGE, offset));
                holds.addAll(page);
            } while (page.size() == PAGE);
            context.output().result(holds.stream().map(HoldCommands::document).toList(), text(holds));
            return ExitCode.DONE.number();
        });
    }

    private static Document document(Hold hold) {
        return new Document()
                .with("id", hold.id())
                .with("key", hold.key().value())
                .with("account", hold.account().path())
                .with("amount", hold.amount())
                .with("remaining", hold.remaining())
                .with("state", hold.state())
                .with("expiresAt", hold.expiresAt());
    }

    private static String text(List<Hold> holds) {
        TextTable table = new TextTable("HOLD", "KEY", "ACCOUNT", ">AMOUNT", ">REMAINING", "STATE", "EXPIRES");
        for (Hold hold : holds) {
            table.row(
                    hold.id(),
                    hold.key(),
                    hold.account().path(),
                    hold.amount(),
                    hold.remaining(),
                    hold.state(),
                    hold.expiresAt().map(Instant::toString).orElse("never"));
        }
        return table.orIfEmpty("No holds.");
    }
}
