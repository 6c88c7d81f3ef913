package io.holdfast.payout;

import io.holdfast.ledger.AnyRefusal;
import io.holdfast.ledger.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A rule of payouts said no, and nothing was written. In messages personal data is masked. What the ledger refuses, such
 * as a hold that the wallet cannot afford, is an {@link io.holdfast.ledger.Refusal}.
 */
public sealed interface PayoutRefusal extends AnyRefusal {

    /** The key was used before for a payout with other content. */
    record KeyConflict(Key key, List<String> differs) implements PayoutRefusal {
        public KeyConflict {
            differs = List.copyOf(differs);
        }

        @Override
        public String code() {
            return "KEY_CONFLICT";
        }

        @Override
        public String message() {
            return "Payout key \"" + key + "\" was used before with other content; what differs: "
                    + String.join(", ", differs);
        }
    }

    /** No provider can be used for it. */
    record NoRoute(String detail) implements PayoutRefusal {
        @Override
        public String code() {
            return "NO_ROUTE";
        }

        @Override
        public String message() {
            return "There is no route: " + detail;
        }
    }

    /** The amount cannot be paid: too little, too much, too many decimals, or eaten up by the fee. */
    record AmountOutOfRange(String detail) implements PayoutRefusal {
        @Override
        public String code() {
            return "AMOUNT_OUT_OF_RANGE";
        }

        @Override
        public String message() {
            return "The amount cannot be paid: " + detail;
        }
    }

    /** The recipient cannot be paid. */
    record InvalidRecipient(String detail) implements PayoutRefusal {
        @Override
        public String code() {
            return "INVALID_RECIPIENT";
        }

        @Override
        public String message() {
            return "The recipient cannot be paid: " + detail;
        }
    }

    /** The provider pays nobody with the credentials that it is called with, which are for tests. */
    record TestMode(String detail) implements PayoutRefusal {
        @Override
        public String code() {
            return "TEST_MODE";
        }

        @Override
        public String message() {
            return "The provider does not pay: " + detail;
        }
    }

    /** It would be more than a limit allows. */
    record LimitExceeded(PayoutLimit.Subject subject, PayoutLimit.Span span, String detail) implements PayoutRefusal {
        @Override
        public String code() {
            return "PAYOUT_LIMIT";
        }

        @Override
        public String message() {
            return subject == PayoutLimit.Subject.PAYOUT
                    ? "The limit of a payout: " + detail
                    : "The limit of a " + name(subject) + " in a " + name(span) + ": " + detail;
        }

        private static String name(Enum<?> word) {
            return word.name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same amount was requested for the same recipient just now, under another key. */
    record DuplicatePayout(Key earlier, Duration within) implements PayoutRefusal {
        @Override
        public String code() {
            return "DUPLICATE_PAYOUT";
        }

        @Override
        public String message() {
            return "Payout \"" + earlier + "\" pays the same amount to the same recipient and was requested less than "
                    + within.toSeconds() + (within.toSeconds() == 1 ? " second" : " seconds")
                    + " ago; to pay once more, wait";
        }
    }

    /** The quote is no good any more. */
    record QuoteExpired(UUID quote, Instant expiredAt) implements PayoutRefusal {
        @Override
        public String code() {
            return "QUOTE_EXPIRED";
        }

        @Override
        public String message() {
            return "Quote " + quote + " expired at " + expiredAt + "; ask for another";
        }
    }

    /** There is no such quote. */
    record QuoteNotFound(UUID quote) implements PayoutRefusal {
        @Override
        public String code() {
            return "QUOTE_NOT_FOUND";
        }

        @Override
        public String message() {
            return "There is no quote " + quote;
        }
    }

    /** The quote was given for something else than what is requested by it. */
    record QuoteDiffers(UUID quote, List<String> differs) implements PayoutRefusal {
        public QuoteDiffers {
            differs = List.copyOf(differs);
        }

        @Override
        public String code() {
            return "QUOTE_DIFFERS";
        }

        @Override
        public String message() {
            return "Quote " + quote + " is for another payout; what differs: " + String.join(", ", differs);
        }
    }

    /** A payout was requested by this quote before. */
    record QuoteUsed(UUID quote, Key usedBy) implements PayoutRefusal {
        @Override
        public String code() {
            return "QUOTE_USED";
        }

        @Override
        public String message() {
            return "Payout \"" + usedBy + "\" was requested by quote " + quote + " before; ask for another";
        }
    }

    /** There is no such payout. */
    record PayoutNotFound(String payout) implements PayoutRefusal {
        @Override
        public String code() {
            return "PAYOUT_NOT_FOUND";
        }

        @Override
        public String message() {
            return "There is no payout \"" + payout + "\"";
        }
    }

    /** It takes two people, and this one counts already. */
    record SamePerson(Key key, String actor, String detail) implements PayoutRefusal {
        @Override
        public String code() {
            return "SAME_PERSON";
        }

        @Override
        public String message() {
            return "Payout \"" + key + "\" takes another person than " + actor + ", who " + detail;
        }
    }

    /** The payout does not wait for anybody's approval, or not any more. */
    record NotAwaitingApproval(Key key, PayoutStatus status, Optional<Instant> approveBy, String detail)
            implements PayoutRefusal {
        @Override
        public String code() {
            return "NOT_AWAITING_APPROVAL";
        }

        @Override
        public String message() {
            return "Payout \"" + key + "\" is " + status + ": " + detail;
        }
    }

    /** People have nothing to say of the payout: it is neither in review nor has ended. */
    record NotInReview(Key key, PayoutStatus status) implements PayoutRefusal {
        @Override
        public String code() {
            return "NOT_IN_REVIEW";
        }

        @Override
        public String message() {
            return "Payout \"" + key + "\" is " + status
                    + ": people say what became of one that is in REVIEW or has ended";
        }
    }

    /** People may say what became of the payout, but not that. */
    record NotResolvable(Key key, PayoutStatus status, String detail) implements PayoutRefusal {
        @Override
        public String code() {
            return "NOT_RESOLVABLE";
        }

        @Override
        public String message() {
            return "Payout \"" + key + "\" is " + status + " and cannot be resolved so: " + detail;
        }
    }

    /** A processor may still be at work on the payout. */
    record LeaseRunning(Key key, Instant until) implements PayoutRefusal {
        @Override
        public String code() {
            return "LEASE_RUNNING";
        }

        @Override
        public String message() {
            return "A processor may be at work on payout \"" + key + "\" until " + until + "; try again then";
        }
    }

    /** The provider's reference belongs to another attempt. */
    record ReferenceTaken(Key key, String reference) implements PayoutRefusal {
        @Override
        public String code() {
            return "REFERENCE_TAKEN";
        }

        @Override
        public String message() {
            return "The reference " + reference + " belongs to another attempt than the one of payout \"" + key
                    + "\" that is to be resolved";
        }
    }

    /** There is nothing to confirm. */
    record NothingToConfirm(Key key, int resolution, String detail) implements PayoutRefusal {
        @Override
        public String code() {
            return "NOTHING_TO_CONFIRM";
        }

        @Override
        public String message() {
            return "Resolution " + resolution + " of payout \"" + key + "\" cannot be confirmed: " + detail;
        }
    }

    /** There is no such item, or it is closed. */
    record ItemNotFound(long item) implements PayoutRefusal {
        @Override
        public String code() {
            return "ITEM_NOT_FOUND";
        }

        @Override
        public String message() {
            return "There is no open item " + item;
        }
    }

    /** Nothing is owed for the payout. */
    record NothingOwed(Key key) implements PayoutRefusal {
        @Override
        public String code() {
            return "NOTHING_OWED";
        }

        @Override
        public String message() {
            return "Nothing is owed for payout \"" + key + "\"";
        }
    }

    /** The payout cannot be cancelled, or not any more. */
    record NotCancellable(Key key, PayoutStatus status, String detail) implements PayoutRefusal {
        @Override
        public String code() {
            return "NOT_CANCELLABLE";
        }

        @Override
        public String message() {
            return "Payout \"" + key + "\" is " + status + " and cannot be cancelled: " + detail;
        }
    }

    /** The provider is configured for another environment than the ledger's payouts by it. */
    record OtherEnvironment(String provider, String detail) implements PayoutRefusal {
        @Override
        public String code() {
            return "OTHER_ENVIRONMENT";
        }

        @Override
        public String message() {
            return detail;
        }
    }
}
