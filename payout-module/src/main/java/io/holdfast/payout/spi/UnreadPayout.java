package io.holdfast.payout.spi;

import java.time.Instant;
import java.util.Optional;

/**
 * What stands in a provider's list and lacks what payouts are told apart by, so that it is compared with nothing and a person
 * is told of it.
 *
 * @param reference under which the provider is asked, if it can be read
 * @param createdAt when the provider recorded it, if it can be read
 * @param why what of it cannot be read, in words, without anything personal
 */
public record UnreadPayout(Optional<String> reference, Optional<Instant> createdAt, String why) {

    /** Cuts what is too long. */
    public UnreadPayout {
        why = Texts.cut(why, Outcome.DETAIL_MAX);
    }
}
