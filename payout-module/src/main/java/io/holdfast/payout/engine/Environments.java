package io.holdfast.payout.engine;

import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.spi.Environment;
import io.holdfast.payout.spi.PayoutProvider;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps test and live money apart: a ledger's payouts go to one environment of a provider for ever. With another key in the
 * configuration what is open would otherwise be asked about, or sent again, where nobody knows it or where it is really paid.
 */
final class Environments {

    private final Desk desk;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    Environments(Desk desk) {
        this.desk = desk;
    }

    /** Tells whether it is known, without asking the database, that there is no objection. */
    boolean isSettled(PayoutProvider provider) {
        return provider.capabilities().environment().isEmpty() || known.contains(provider.name());
    }

    /** Returns why a provider is not to be dealt with as it is configured, if it is not. Asks the database once, if it is. */
    Optional<String> objection(PayoutProvider provider) {
        Optional<Environment> configured = provider.capabilities().environment();
        if (configured.isEmpty() || isSettled(provider)) {
            return Optional.empty();
        }
        Environment first = desk.session()
                .write(transaction -> desk.stores()
                        .environments()
                        .first(
                                transaction.db(),
                                provider.name(),
                                configured.get(),
                                desk.clock().now(transaction.db())));
        if (first == configured.get()) {
            known.add(provider.name());
            return Optional.empty();
        }
        return Optional.of(difference(provider, configured.get(), first));
    }

    /**
     * Returns normally if there is no objection.
     *
     * @throws PayoutRefusedException if there is
     */
    void check(PayoutProvider provider) {
        objection(provider).ifPresent(why -> {
            throw new PayoutRefusedException(new PayoutRefusal.OtherEnvironment(provider.name(), why));
        });
    }

    /**
     * Returns why a provider is not even to be asked about what moves no money, nor heard, if it is not. Where none was used
     * yet, that settles nothing.
     */
    Optional<String> difference(PayoutProvider provider) {
        if (isSettled(provider)) {
            return Optional.empty();
        }
        Environment configured = provider.capabilities().environment().orElseThrow();
        return desk.session()
                .read(db -> desk.stores().environments().find(db, provider.name()))
                .filter(first -> first != configured)
                .map(first -> difference(provider, configured, first));
    }

    private static String difference(PayoutProvider provider, Environment configured, Environment first) {
        return "Provider " + provider.name() + " is configured for " + configured
                + ", and this ledger's payouts by it are " + first + ": configure it so, or use another ledger";
    }
}
