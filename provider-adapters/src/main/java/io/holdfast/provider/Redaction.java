package io.holdfast.provider;

import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.Masking;
import io.holdfast.payout.spi.Recipient;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes out of texts what must not be kept: our own credentials, and whom money goes to. Immutable. */
public final class Redaction {

    private static final Pattern INSIGNIFICANT = Pattern.compile("[^A-Za-z0-9]");

    private final List<Secret> secrets;
    private final List<Recipient> recipients;

    private Redaction(List<Secret> secrets, List<Recipient> recipients) {
        this.secrets = secrets;
        this.recipients = recipients;
    }

    /** Returns what takes out these credentials. */
    public static Redaction of(Collection<Secret> secrets) {
        return new Redaction(List.copyOf(secrets), List.of());
    }

    /** Returns what also masks this recipient's number and name. */
    public Redaction and(Recipient recipient) {
        if (recipients.contains(recipient)) {
            return this;
        }
        return new Redaction(
                secrets,
                Stream.concat(recipients.stream(), Stream.of(recipient)).toList());
    }

    /** Returns what also masks a number, and a name if there is one, as a provider echoed them. */
    public Redaction andEchoed(String address, String name) {
        String significant = INSIGNIFICANT.matcher(address).replaceAll("");
        try {
            return and(new Recipient.BankAccount("echoed", significant, name.isBlank() ? "-" : name));
        } catch (IllegalArgumentException e) {
            return this;
        }
    }

    /** Returns a text without credentials and with recipients masked, also where JSON escapes them. */
    public String clean(String text) {
        String cleaned = text;
        for (Secret secret : secrets) {
            cleaned = Masking.hide(cleaned, secret.value());
        }
        for (Recipient recipient : recipients) {
            cleaned = Masking.mask(cleaned, recipient);
        }
        return cleaned;
    }

    /** Returns an answer as evidence. */
    public Evidence evidence(HttpResult.Answered answer) {
        return Evidence.http(answer.status(), clean(answer.text()));
    }

    /** Returns anything else that was said as evidence. */
    public Evidence evidence(String text) {
        return Evidence.of(clean(text));
    }
}
