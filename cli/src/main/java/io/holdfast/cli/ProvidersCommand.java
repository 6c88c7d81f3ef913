package io.holdfast.cli;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Balance;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.BrokenProvider;
import io.holdfast.payout.PayoutAccounts;
import io.holdfast.payout.ProviderQuestions;
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
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code holdfast providers}. */
@Command(
        name = "providers",
        description = {
            "Shows the configured providers and whether they answer.",
            "Also what they can do, and our float in the books and there."
        })
final class ProvidersCommand implements Callable<Integer> {

    /** What we have prefunded in one currency, by our books and by the provider. */
    private record FloatHere(Currency currency, Money books, Answer<Money> there) {

        Optional<Money> told() {
            return there instanceof Answer.Told<Money> answer ? Optional.of(answer.value()) : Optional.empty();
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
                List<FloatHere> floats = floats(place, desk.providerQuestions(), provider);
                Optional<BrokenProvider> state = Optional.ofNullable(broken.get(provider.name()));
                Remark health = state.map(ProvidersCommand::health)
                        .orElseGet(() -> health(desk.providerQuestions(), provider, floats));
                documents.add(document(provider, floats, state).with("health", health.text()));
                for (FloatHere one : floats) {
                    table.row(
                            provider.name(),
                            String.join(", ", channels(provider.capabilities())),
                            one.currency(),
                            one.books().toPlainString(),
                            one.told().map(Money::toPlainString).orElse("-"),
                            health.word());
                }
                table.below(health.why());
            }
            context.output()
                    .result(documents, table.orIfEmpty("No providers; name some under `providers` in holdfast.yaml."));
            return ExitCode.DONE.number();
        });
    }

    private static List<FloatHere> floats(Workplace place, ProviderQuestions questions, PayoutProvider provider) {
        List<FloatHere> floats = new ArrayList<>();
        for (WireCurrency wire : provider.capabilities().currencies()) {
            Account account = Account.of(PayoutAccounts.DEFAULTS.providerFloat(provider.name()), wire.currency());
            Money books = place.ledger()
                    .account(account)
                    .map(open -> place.ledger().balance(open.account()))
                    .map(Balance::total)
                    .orElse(Money.zero(wire.currency()));
            floats.add(new FloatHere(wire.currency(), books, questions.balance(provider.name(), wire.currency())));
        }
        return floats;
    }

    private static Remark health(BrokenProvider broken) {
        return new Remark(
                "is sent nothing new",
                "since " + broken.since() + ", tried again from " + broken.retryAt() + ": " + broken.detail());
    }

    /** Returns whether a provider that is not held back answers, and to which operators it cannot pay if it says so. */
    private static Remark health(ProviderQuestions questions, PayoutProvider provider, List<FloatHere> floats) {
        if (provider.capabilities().has(Feature.AVAILABILITY)) {
            return health(questions.availability(provider.name()));
        }
        if (floats.stream().anyMatch(one -> one.told().isPresent())) {
            return Remark.of("answers");
        }
        return floats.stream()
                .map(FloatHere::there)
                .filter(Answer.Unavailable.class::isInstance)
                .map(answer -> new Remark("unavailable", ((Answer.Unavailable<?>) answer).detail()))
                .findFirst()
                .orElse(Remark.of("cannot be asked"));
    }

    private static Remark health(Answer<Availability> answer) {
        if (answer instanceof Answer.Unavailable<Availability> none) {
            return new Remark("unavailable", none.detail());
        }
        Set<String> suspended = answer instanceof Answer.Told<Availability> told
                ? new TreeSet<>(told.value().suspended())
                : Set.of();
        return suspended.isEmpty()
                ? Remark.of("answers")
                : new Remark("answers", "suspended are " + String.join(", ", suspended));
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
                                        .with("provider", one.told()))
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
