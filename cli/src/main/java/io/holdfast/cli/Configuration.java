package io.holdfast.cli;

import io.holdfast.payout.ApprovalPolicy;
import io.holdfast.payout.CircuitBreaker;
import io.holdfast.payout.FeeRule;
import io.holdfast.payout.PayoutLimits;
import io.holdfast.payout.Processing;
import io.holdfast.payout.Route;
import io.holdfast.payout.spi.PayoutProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code holdfast.yaml} says. Keys and forms are checked when it is read; what needs the ledger's currencies or the
 * environment's secrets is read when it is used, so that commands without payouts need neither.
 *
 * @param providers by name, in the file's order
 * @param routes in order
 * @param fees in order
 * @param approvals in order
 * @param limits in order
 * @param processing waits and bounds
 */
record Configuration(
        List<ProviderSection> providers,
        List<RouteSection> routes,
        List<FeeSection> fees,
        List<ApprovalSection> approvals,
        List<LimitSection> limits,
        ProcessingSection processing) {

    private static final int PROVIDER_SHOWN_MAX = 40;

    /** What counts where there is no file. */
    static final Configuration EMPTY =
            new Configuration(List.of(), List.of(), List.of(), List.of(), List.of(), ProcessingSection.DEFAULTS);

    /**
     * Reads a file's text.
     *
     * @throws CommandFailure naming file, line and column of what is wrong
     */
    static Configuration read(String file, String text) {
        return YamlNode.parse(file, text).map(Configuration::of).orElse(EMPTY);
    }

    private static Configuration of(YamlNode root) {
        List<ProviderSection> providers = new ArrayList<>();
        root.find("providers")
                .ifPresent(node -> node.fields()
                        .forEach((name, section) -> providers.add(ProviderSection.read(node, name, section))));
        Set<String> names = providers.stream().map(ProviderSection::name).collect(Collectors.toSet());
        List<RouteSection> routes = items(root, "routes")
                .map(node -> RouteSection.read(node, names))
                .toList();
        List<FeeSection> fees = items(root, "fees").map(FeeSection::read).toList();
        List<ApprovalSection> approvals =
                items(root, "approvals").map(ApprovalSection::read).toList();
        List<LimitSection> limits =
                items(root, "limits").map(LimitSection::read).toList();
        ProcessingSection processing =
                root.find("processing").map(ProcessingSection::read).orElse(ProcessingSection.DEFAULTS);
        root.refuseOtherKeys();
        return new Configuration(List.copyOf(providers), routes, fees, approvals, limits, processing);
    }

    /**
     * Makes the adapters of all providers.
     *
     * @throws CommandFailure if a value is not possible, or a variable of the environment is not set
     */
    List<PayoutProvider> adapters(Map<String, String> environment) {
        return providers.stream()
                .map(section -> section.adapter(environment, processing.requestTimeout()))
                .toList();
    }

    /**
     * Returns the codes of the currencies that a provider pays, which takes no secret.
     *
     * @throws CommandFailure if it is not configured
     */
    List<String> currencies(String name) {
        checkProvider(name);
        return providers.stream()
                .filter(section -> section.name().equals(name))
                .findFirst()
                .orElseThrow()
                .currencies();
    }

    /**
     * Checks that a provider is configured.
     *
     * @throws CommandFailure naming those that are, if it is not
     */
    void checkProvider(String name) {
        List<String> names = providers.stream().map(ProviderSection::name).toList();
        if (!names.contains(name)) {
            throw CommandFailure.invalid(
                    "Provider \"" + Excerpts.of(name, PROVIDER_SHOWN_MAX) + "\" is not configured; "
                            + (names.isEmpty()
                                    ? "name some under `providers` in holdfast.yaml"
                                    : "configured are " + String.join(", ", names)));
        }
    }

    /** Returns the routes, in terms of a ledger's currencies. */
    List<Route> routes(Amounts amounts) {
        return routes.stream().map(section -> section.route(amounts)).toList();
    }

    /** Returns the fees, in terms of a ledger's currencies. */
    List<FeeRule> fees(Amounts amounts) {
        return fees.stream().map(section -> section.rule(amounts)).toList();
    }

    /** Returns which payouts others have to agree to, in terms of a ledger's currencies. */
    ApprovalPolicy approvalPolicy(Amounts amounts) {
        return new ApprovalPolicy(
                approvals.stream().map(section -> section.rule(amounts)).toList(), processing.approveWithin());
    }

    /** Returns how much may be paid out, in terms of a ledger's currencies. */
    PayoutLimits limits(Amounts amounts) {
        return new PayoutLimits(
                limits.stream()
                        .flatMap(section -> section.limit(amounts).stream())
                        .toList(),
                limits.stream()
                        .flatMap(section -> section.minimum(amounts).stream())
                        .toList(),
                processing.duplicatesWithin());
    }

    /** Returns when nothing new is sent to a provider any more. */
    CircuitBreaker breaker() {
        return processing.breaker();
    }

    /** Returns the waits and bounds. */
    Processing waits() {
        return processing.processing();
    }

    private static Stream<YamlNode> items(YamlNode root, String key) {
        Optional<YamlNode> list = root.find(key);
        return list.stream().flatMap(node -> node.items().stream());
    }
}
