package io.holdfast.provider.zopay;

import io.holdfast.payout.spi.Recipient;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which of Zopay's gateways reaches a number: by the operator that the caller names, else by the block that the number was
 * allocated from, which may be wrong for numbers that moved. As of 2026; blocks 65 and 68 are shared.
 */
final class ZopayGateways {

    private static final String MTN = "MTN_MOMO";
    private static final String ORANGE = "ORANGE_MONEY";
    private static final Pattern NO_LETTER = Pattern.compile("[^a-z]");
    private static final int[] PREFIX_LENGTHS = {6, 5};
    private static final Map<String, String> BY_PREFIX = byPrefix();
    private static final Map<String, String> BY_NAME = Map.of(
            "mtn", MTN,
            "mtnmomo", MTN,
            "mtnmobilemoney", MTN,
            "orange", ORANGE,
            "orangemoney", ORANGE);

    private ZopayGateways() {}

    static Optional<String> of(Recipient.MobileMoney recipient) {
        Optional<String> named = recipient
                .operator()
                .map(hint -> NO_LETTER.matcher(hint.toLowerCase(Locale.ROOT)).replaceAll(""))
                .map(BY_NAME::get);
        return named.isPresent() ? named : byNumber(recipient.digits());
    }

    private static Optional<String> byNumber(String digits) {
        for (int length : PREFIX_LENGTHS) {
            String gateway = digits.length() < length ? null : BY_PREFIX.get(digits.substring(0, length));
            if (gateway != null) {
                return Optional.of(gateway);
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> byPrefix() {
        Map<String, String> gateways = new TreeMap<>();
        gateways.put("23767", MTN);
        gateways.put("23769", ORANGE);
        gateways.put("237640", ORANGE);
        for (int last = 0; last <= 9; last++) {
            gateways.put("23765" + last, last < 5 ? MTN : ORANGE);
            gateways.put("23768" + last, last < 5 ? MTN : ORANGE);
        }
        return gateways;
    }
}
