package io.holdfast.provider;

import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.Recipient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What tests of adapters begin with: the examples that a provider publishes, word for word, and an instruction. */
public final class Examples {

    /** The payout of every instruction. */
    public static final UUID PAYOUT = UUID.fromString("0190a6f0-0000-7000-8000-000000000001");

    private Examples() {}

    /** Returns an example, kept beside the tests of its provider. */
    public static String of(String provider, String file) {
        try (InputStream example = Examples.class.getResourceAsStream(provider + "/" + file)) {
            if (example == null) {
                throw new IllegalArgumentException("There is no example " + file + " of " + provider);
            }
            return new String(example.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the first attempt of a payout. */
    public static PayoutInstruction instruction(String key, String amount, String phone, String name) {
        Recipient.MobileMoney recipient = Recipient.MobileMoney.of(phone);
        return new PayoutInstruction(
                PAYOUT, 1, key, Money.parse(amount), name.isEmpty() ? recipient : recipient.named(name), "");
    }
}
