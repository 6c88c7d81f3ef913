package io.holdfast.payout;

import io.holdfast.ledger.Currency;
import io.holdfast.payout.spi.Channel;
import java.util.Optional;

/**
 * What payouts of a kind cost. Of several rules that apply, the first counts; without one a payout is free.
 *
 * @param channel by which the recipient is paid; if absent, any
 * @param schedule how the fee is computed; it also settles the currency
 */
public record FeeRule(Optional<Channel> channel, FeeSchedule schedule) {

    /** Returns a rule for every channel. */
    public static FeeRule of(FeeSchedule schedule) {
        return new FeeRule(Optional.empty(), schedule);
    }

    /** Tells whether this rule is about such a payout. */
    public boolean appliesTo(Currency currency, Channel by) {
        return schedule.fixed().currency().equals(currency)
                && channel.map(by::equals).orElse(true);
    }
}
