package io.holdfast.sandbox.snippe;

import java.util.Map;
import java.util.Optional;

/** Which network a Tanzanian mobile number was allocated to. */
final class SnippeNetwork {

    private static final int PREFIX_BEGIN = 3;
    private static final int PREFIX_END = 5;

    private static final Map<String, String> BY_PREFIX = Map.ofEntries(
            Map.entry("61", "halotel"),
            Map.entry("62", "halotel"),
            Map.entry("65", "mixx"),
            Map.entry("67", "mixx"),
            Map.entry("68", "airtel"),
            Map.entry("69", "airtel"),
            Map.entry("71", "mixx"),
            Map.entry("74", "mpesa"),
            Map.entry("75", "mpesa"),
            Map.entry("76", "mpesa"),
            Map.entry("77", "mixx"),
            Map.entry("78", "airtel"));

    private SnippeNetwork() {}

    /** Returns the network of a number in the form 255XXXXXXXXX. */
    static Optional<String> of(String phone) {
        return Optional.ofNullable(BY_PREFIX.get(phone.substring(PREFIX_BEGIN, PREFIX_END)));
    }
}
