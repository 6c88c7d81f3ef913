package io.holdfast.cli;

import io.holdfast.payout.spi.PayoutProvider;
import java.util.List;
import java.util.function.Function;

/**
 * A kind of provider that the configuration can name.
 *
 * @param name its name there
 * @param required keys it has to have
 * @param optional keys it may have
 * @param currencies which it pays, as its section says without the environment's values
 * @param adapter makes its adapter
 */
record ProviderKind(
        String name,
        List<String> required,
        List<String> optional,
        Function<YamlNode, List<String>> currencies,
        Function<ProviderSection.Values, PayoutProvider> adapter) {

    /** All kinds there are. */
    static final List<ProviderKind> ALL =
            List.of(SnippeSection.KIND, RohoPaySection.KIND, NkwaSection.KIND, WistfareSection.KIND, ZopaySection.KIND);
}
