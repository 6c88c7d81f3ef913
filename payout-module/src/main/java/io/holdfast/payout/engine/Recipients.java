package io.holdfast.payout.engine;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.spi.Masking;
import io.holdfast.payout.spi.Recipient;
import java.util.Optional;

/**
 * Checks recipients before money is set aside for them. A number must have a length that its country's plan allows, and be
 * written as E.164 writes it: with the zero that is dialled within the country it would pass, reach the same phone, and be
 * another recipient to limits and searches. Whether it is in use is not asked, because plans change faster than a library,
 * and the provider knows.
 */
final class Recipients {

    private Recipients() {}

    /**
     * Returns normally if the recipient can be one.
     *
     * @throws PayoutRefusedException with {@link PayoutRefusal.InvalidRecipient}, the number masked
     */
    static void check(Recipient recipient) {
        if (recipient instanceof Recipient.MobileMoney mobile) {
            PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
            try {
                PhoneNumber number = numbers.parse(mobile.phone(), null);
                ValidationResult result = numbers.isPossibleNumberWithReason(number);
                if (result != ValidationResult.IS_POSSIBLE) {
                    throw refused(mobile, "is none that a country's numbering plan allows: " + result.name());
                }
                String written = numbers.format(number, PhoneNumberFormat.E164);
                if (!written.equals(mobile.phone())) {
                    throw refused(mobile, "is not written as E.164 has it. " + shouldBe(written, number));
                }
            } catch (NumberParseException unreadable) {
                throw refused(
                        mobile,
                        "is none that a country's numbering plan allows: "
                                + unreadable.getErrorType().name());
            }
        }
    }

    static Optional<String> bank(Recipient recipient) {
        return recipient instanceof Recipient.BankAccount account ? Optional.of(account.bank()) : Optional.empty();
    }

    static Optional<String> operator(Recipient recipient) {
        return recipient instanceof Recipient.MobileMoney mobile ? mobile.operator() : Optional.empty();
    }

    private static String shouldBe(String written, PhoneNumber number) {
        String country = "+" + number.getCountryCode();
        return "It should be " + Masking.masked(written) + ", " + (written.length() - country.length())
                + " digits after " + country + ", without what is dialled before them within the country";
    }

    private static PayoutRefusedException refused(Recipient.MobileMoney mobile, String why) {
        return new PayoutRefusedException(
                new PayoutRefusal.InvalidRecipient("phone number " + Masking.masked(mobile.phone()) + " " + why));
    }
}
