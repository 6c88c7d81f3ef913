package io.holdfast.payout;

import io.holdfast.ledger.Currency;
import io.holdfast.payout.spi.Channel;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What payouts of a kind cost. Of several rules that apply, the first counts; of its versions, the latest. Without a rule a
 * payout is free.
 *
 * @param channel by which the recipient is paid; if absent, any
 * @param provider the first route; if absent, any
 * @param from the first business date on which this version counts; if absent, since ever
 * @param schedule how the fee is computed; it also settles the currency
 */
public record FeeRule(
        Optional<Channel> channel, Optional<String> provider, Optional<LocalDate> from, FeeSchedule schedule) {

    /** Returns a rule for every channel and provider, since ever. */
    public static FeeRule of(FeeSchedule schedule) {
        return new FeeRule(Optional.empty(), Optional.empty(), Optional.empty(), schedule);
    }

    /** Returns the same for one channel. */
    public FeeRule by(Channel only) {
        return new FeeRule(Optional.of(only), provider, from, schedule);
    }

    /** Returns the same for payouts whose first route is that provider. */
    public FeeRule via(String only) {
        return new FeeRule(channel, Optional.of(only), from, schedule);
    }

    /** Returns the same as a version that counts from a business date on. */
    public FeeRule from(LocalDate first) {
        return new FeeRule(channel, provider, Optional.of(first), schedule);
    }

    /** Returns the rule that counts for such a payout on a business date, if there is one. */
    public static Optional<FeeRule> find(List<FeeRule> rules, Currency currency, Channel by, String via, LocalDate on) {
        List<FeeRule> applying = rules.stream()
                .filter(rule -> rule.schedule.fixed().currency().equals(currency)
                        && rule.channel.map(by::equals).orElse(true)
                        && rule.provider.map(via::equals).orElse(true)
                        && rule.from.map(first -> !on.isBefore(first)).orElse(true))
                .toList();
        return applying.stream()
                .findFirst()
                .flatMap(first -> applying.stream()
                        .filter(rule -> rule.channel.equals(first.channel) && rule.provider.equals(first.provider))
                        .max(Comparator.comparing(rule -> rule.from.orElse(LocalDate.MIN))));
    }
}
