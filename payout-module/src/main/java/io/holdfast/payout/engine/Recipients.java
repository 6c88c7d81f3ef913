package io.holdfast.payout.engine;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.spi.Masking;
import io.holdfast.payout.spi.Recipient;
import java.util.Optional;

/**
 * Checks recipients before money is set aside for them. A number must have a length that its country's plan allows; whether
 * it is in use is not asked, because plans change faster than a library, and the provider knows.
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
                ValidationResult result = numbers.isPossibleNumberWithReason(numbers.parse(mobile.phone(), null));
                if (result != ValidationResult.IS_POSSIBLE) {
                    throw refused(mobile, result.name());
                }
            } catch (NumberParseException unreadable) {
                throw refused(mobile, unreadable.getErrorType().name());
            }
        }
    }

    static Optional<String> bank(Recipient recipient) {
        return recipient instanceof Recipient.BankAccount account ? Optional.of(account.bank()) : Optional.empty();
    }

    static Optional<String> operator(Recipient recipient) {
        return recipient instanceof Recipient.MobileMoney mobile ? mobile.operator() : Optional.empty();
    }

    private static PayoutRefusedException refused(Recipient.MobileMoney mobile, String why) {
        return new PayoutRefusedException(new PayoutRefusal.InvalidRecipient("phone number "
                + Masking.masked(mobile.phone()) + " is none that a country's numbering plan allows: " + why));
    }
}
