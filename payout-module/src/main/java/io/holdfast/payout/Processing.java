package io.holdfast.payout;

import java.time.Duration;
import java.util.List;

/**
 * When payouts are sent again, asked about and given up to a person.
 *
 * @param lease how long a processor may work on a payout before it is taken for dead; longer than what a provider's calls
 *     may take
 * @param polls how long to wait before each question about a payout in doubt or under way; the last repeats
 * @param reviewAfter how long after the first send that may have left a payout that is still open is given to a person
 * @param pollsAfterEnd how long after its end a payout is asked about again, where a provider may take back what it said;
 *     each counts from the end, none repeats
 * @param resendMargin how long before the end of a provider's resend window the last resend may begin; two leases at least
 */
public record Processing(
        Duration lease,
        List<Duration> polls,
        Duration reviewAfter,
        List<Duration> pollsAfterEnd,
        Duration resendMargin) {

    /** 60 seconds; 5 s, 15 s, 1 m, 5 m, 15 m, 1 h, 6 h, daily; 3 days; after 1, 3, 7 and 30 days; 5 minutes. */
    public static final Processing DEFAULTS = new Processing(
            Duration.ofSeconds(60),
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofHours(1),
                    Duration.ofHours(6),
                    Duration.ofDays(1)),
            Duration.ofDays(3),
            List.of(Duration.ofDays(1), Duration.ofDays(3), Duration.ofDays(7), Duration.ofDays(30)),
            Duration.ofMinutes(5));

    /**
     * Refuses spans that are not above zero or longer than 3650 days, a resend margin below two leases, and waits after the end that do not grow.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public Processing {
        polls = List.copyOf(polls);
        pollsAfterEnd = List.copyOf(pollsAfterEnd);
        Spans.check("A lease", lease);
        Spans.check("The time until review", reviewAfter);
        Spans.check("A resend margin", resendMargin);
        polls.forEach(wait -> Spans.check("A wait before a question", wait));
        pollsAfterEnd.forEach(wait -> Spans.check("A wait after the end", wait));
        if (polls.isEmpty()) {
            throw new IllegalArgumentException("There is no wait before a question: name at least one");
        }
        if (resendMargin.compareTo(lease.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    "A resend margin of " + resendMargin + " is too short for a lease of " + lease
                            + ": it has to be two leases at least, because what is claimed now may leave at the end of a second one");
        }
        if (!pollsAfterEnd.stream().sorted().distinct().toList().equals(pollsAfterEnd)) {
            throw new IllegalArgumentException(
                    "Waits after the end " + pollsAfterEnd + " do not grow: each counts from the end");
        }
    }

    /** Returns the same with another lease, and a resend margin of two such leases if it was shorter. */
    public Processing lease(Duration value) {
        Spans.check("A lease", value);
        Duration least = value.multipliedBy(2);
        Duration margin = resendMargin.compareTo(least) < 0 ? least : resendMargin;
        return new Processing(value, polls, reviewAfter, pollsAfterEnd, margin);
    }

    /** Returns the same with other waits before questions. */
    public Processing polls(List<Duration> values) {
        return new Processing(lease, values, reviewAfter, pollsAfterEnd, resendMargin);
    }

    /** Returns the same with another time until review. */
    public Processing reviewAfter(Duration value) {
        return new Processing(lease, polls, value, pollsAfterEnd, resendMargin);
    }

    /** Returns the same with other waits after the end. */
    public Processing pollsAfterEnd(List<Duration> values) {
        return new Processing(lease, polls, reviewAfter, values, resendMargin);
    }

    /** Returns the same with another margin for resends. */
    public Processing resendMargin(Duration value) {
        return new Processing(lease, polls, reviewAfter, pollsAfterEnd, value);
    }
}
