package io.holdfast.sandbox.nkwa;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which operator a Cameroonian mobile number was allocated to; 65 is shared, which takes three digits to tell. */
final class NkwaOperator {

    static final String MTN = "mtn";
    static final String ORANGE = "orange";

    private static final Pattern OF_MTN = Pattern.compile("237(67|68[0-4]|65[0-4])\\d+");
    private static final Pattern OF_ORANGE = Pattern.compile("237(69|68[5-9]|65[5-9]|64)\\d+");

    private NkwaOperator() {}

    /** Returns the operator of a number in the form 237XXXXXXXXX. */
    static Optional<String> of(String phone) {
        if (OF_MTN.matcher(phone).matches()) {
            return Optional.of(MTN);
        }
        return OF_ORANGE.matcher(phone).matches() ? Optional.of(ORANGE) : Optional.empty();
    }
}
