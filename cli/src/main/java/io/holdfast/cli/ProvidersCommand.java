package io.holdfast.cli;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Balance;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.BrokenProvider;
import io.holdfast.payout.PayoutAccounts;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Availability;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.WireCurrency;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code holdfast providers}. */
@Command(
        name = "providers",
        description =
                "Shows the configured providers: what they can do, our float in the books and there, and whether they answer.")
final class ProvidersCommand implements Callable<Integer> {

    /** What we have prefunded in one currency, by our books and by the provider. */
    private record FloatHere(Currency currency, Money books, Answer<Money> there) {

        Optional<Money> told() {
            return there instanceof Answer.Told<Money> answer ? Optional.of(answer.value()) : Optional.empty();
        }

        /** Returns whether the provider answers; where it tells no balance, by which operators it can pay. */
        String health(PayoutProvider provider) {
            if (there instanceof Answer.NotOffered<Money>
                    && provider.capabilities().has(Feature.AVAILABILITY)) {
                return health(provider.availability());
            }
            if (there instanceof Answer.Unavailable<Money> answer) {
                return "unavailable: " + answer.detail();
            }
            return there instanceof Answer.Told<Money> ? "answers" : "cannot be asked";
        }

        private static String health(Answer<Availability> answer) {
            if (answer instanceof Answer.Unavailable<Availability> none) {
                return "unavailable: " + none.detail();
            }
            Set<String> suspended = answer instanceof Answer.Told<Availability> told
                    ? told.value().suspended()
                    : Set.of();
            return suspended.isEmpty() ? "answers" : "answers; suspended: " + String.join(", ", suspended);
        }
    }

    private final CommandContext context;

    ProvidersCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.with(place -> {
            List<Document> documents = new ArrayList<>();
            TextTable table =
                    new TextTable("PROVIDER", "CHANNELS", "CURRENCY", ">IN OUR BOOKS", ">AT THE PROVIDER", "HEALTH");
            Workplace.PayoutDesk desk = place.payoutDesk();
            Map<String, BrokenProvider> broken = desk.payouts().brokenProviders().stream()
                    .collect(Collectors.toMap(BrokenProvider::provider, one -> one));
            for (PayoutProvider provider : desk.providers()) {
                List<FloatHere> floats = floats(place, provider);
                Optional<BrokenProvider> state = Optional.ofNullable(broken.get(provider.name()));
                documents.add(document(provider, floats, state));
                for (FloatHere one : floats) {
                    table.row(
                            provider.name(),
                            String.join(", ", channels(provider.capabilities())),
                            one.currency(),
                            one.books().toPlainString(),
                            one.told().map(Money::toPlainString).orElse("-"),
                            state.map(ProvidersCommand::health).orElseGet(() -> one.health(provider)));
                }
            }
            context.output()
                    .result(documents, table.orIfEmpty("No providers; name some under `providers` in holdfast.yaml."));
            return ExitCode.DONE.number();
        });
    }

    private static List<FloatHere> floats(Workplace place, PayoutProvider provider) {
        List<FloatHere> floats = new ArrayList<>();
        for (WireCurrency wire : provider.capabilities().currencies()) {
            Account account = Account.of(PayoutAccounts.DEFAULTS.providerFloat(provider.name()), wire.currency());
            Money books = place.ledger()
                    .account(account)
                    .map(open -> place.ledger().balance(open.account()))
                    .map(Balance::total)
                    .orElse(Money.zero(wire.currency()));
            floats.add(new FloatHere(wire.currency(), books, provider.balance(wire.currency())));
        }
        return floats;
    }

    private static String health(BrokenProvider broken) {
        return "sent nothing new since " + broken.since() + ", tried again from " + broken.retryAt() + ": "
                + broken.detail();
    }

    private static Document document(PayoutProvider provider, List<FloatHere> floats, Optional<BrokenProvider> broken) {
        Capabilities can = provider.capabilities();
        return new Document()
                .with("name", provider.name())
                .with("channels", channels(can))
                .with(
                        "currencies",
                        can.currencies().stream()
                                .map(ProvidersCommand::document)
                                .toList())
                .with("feeMode", can.feeMode().name().toLowerCase(Locale.ROOT))
                .with(
                        "features",
                        can.features().stream().map(Enum::name).sorted().toList())
                .with("resendSeconds", can.resend().window().toSeconds())
                .with("sendsNew", broken.isEmpty())
                .with("brokenSince", broken.map(BrokenProvider::since))
                .with("retryAt", broken.map(BrokenProvider::retryAt))
                .with("brokenBecause", broken.map(BrokenProvider::detail))
                .with(
                        "float",
                        floats.stream()
                                .map(one -> new Document()
                                        .with("currency", one.currency())
                                        .with("books", one.books())
                                        .with("provider", one.told())
                                        .with("health", one.health(provider)))
                                .toList());
    }

    private static Document document(WireCurrency wire) {
        return new Document()
                .with("currency", wire.currency())
                .with("scale", wire.scale())
                .with("minimum", wire.minimum())
                .with("maximum", wire.maximum());
    }

    private static List<String> channels(Capabilities can) {
        return can.channels().stream().map(Channels::word).sorted().toList();
    }
}
