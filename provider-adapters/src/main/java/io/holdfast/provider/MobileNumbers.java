package io.holdfast.provider;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Masking;
import io.holdfast.payout.spi.Objection;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.WireCurrency;
import java.util.Optional;
import java.util.Set;

/** Which phone numbers a provider can pay to. Safe for use by any number of threads. */
public final class MobileNumbers {

    private static final Set<PhoneNumberType> MOBILE =
            Set.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);

    private final Set<String> regions;
    private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();

    /**
     * Admits the mobile numbers of these countries.
     *
     * @param regions as ISO 3166 names them, {@code TZ}
     */
    public MobileNumbers(Set<String> regions) {
        this.regions = Set.copyOf(regions);
    }

    /** Returns why a number cannot be paid to, if it cannot; the number is masked. */
    public Optional<Objection> objection(Recipient.MobileMoney recipient) {
        Optional<PhoneNumber> number = parse(recipient.phone());
        if (number.isEmpty() || !numbers.isValidNumber(number.get())) {
            return refused(recipient, "is no number that is in use");
        }
        if (!regions.contains(numbers.getRegionCodeForNumber(number.get()))) {
            return refused(recipient, "is not of " + String.join(", ", regions));
        }
        if (!MOBILE.contains(numbers.getNumberType(number.get()))) {
            return refused(recipient, "is not a mobile number");
        }
        return Optional.empty();
    }

    /**
     * Returns the recipient of a payout that a provider can be told to pay.
     *
     * @param wire how the provider counts the amount
     * @param provider its name, for people
     * @throws IllegalArgumentException if the amount or the recipient is none that it pays
     */
    public Recipient.MobileMoney payable(PayoutInstruction instruction, WireCurrency wire, String provider) {
        if (!(instruction.recipient() instanceof Recipient.MobileMoney mobile)) {
            throw new IllegalArgumentException(provider + " cannot be told to pay to a bank");
        }
        wire.objection(instruction.amount())
                .or(() -> objection(mobile).map(Objection::detail))
                .ifPresent(why -> {
                    throw new IllegalArgumentException(provider + " cannot be told to pay: " + why);
                });
        return mobile;
    }

    private Optional<PhoneNumber> parse(String phone) {
        try {
            return Optional.of(numbers.parse(phone, null));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<Objection> refused(Recipient.MobileMoney recipient, String rule) {
        return Optional.of(new Objection(
                FailureReason.INVALID_RECIPIENT, "Phone number " + Masking.masked(recipient.phone()) + " " + rule));
    }
}
