package io.holdfast.cli;

import io.holdfast.payout.spi.Channel;
import java.util.Locale;

/** Reads and writes channels as files and options do: {@code mobile_money}, {@code bank}. */
final class Channels {

    private Channels() {}

    /**
     * Reads a channel.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    static Channel read(String word) {
        return switch (word) {
            case "mobile_money" -> Channel.MOBILE_MONEY;
            case "bank" -> Channel.BANK;
            default ->
                throw new IllegalArgumentException(
                        "\"" + Excerpts.of(word, 40) + "\" is no channel: mobile_money or bank");
        };
    }

    static String word(Channel channel) {
        return channel.name().toLowerCase(Locale.ROOT);
    }
}
