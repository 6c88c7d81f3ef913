package io.holdfast.cli;

import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.sandbox.simulator.Payment;
import io.holdfast.sandbox.simulator.RequestRecord;
import java.util.List;

/**
 * How a scene came out: by our own account, and by that of the providers.
 *
 * @param payout as it stands in the end
 * @param history everything that happened to it
 * @param visits one for each of its attempts, in order
 */
record DemoTale(DemoScene scene, Payout payout, List<PayoutTransition> history, List<Visit> visits) {

    /**
     * What a provider has of a payout.
     *
     * @param requests those to pay this recipient that reached it
     * @param payments those that reached the recipient
     */
    record Visit(DemoCast provider, List<RequestRecord> requests, List<Payment> payments) {

        static Visit at(DemoCast provider, DemoScene scene) {
            return new Visit(
                    provider,
                    provider.simulator().requests().stream()
                            .filter(request -> request.creation()
                                    .filter(creation -> creation.recipient()
                                            .replace("+", "")
                                            .equals(scene.number()))
                                    .isPresent())
                            .toList(),
                    provider.simulator().payments(scene.number()));
        }

        /** Returns the payments that were not taken back. */
        List<Payment> kept() {
            return payments.stream()
                    .filter(payment -> payment.reversedAt().isEmpty())
                    .toList();
        }

        /** Returns whether all requests have the same body. */
        boolean repeatsBody() {
            return requests.stream()
                            .map(each -> each.request().body())
                            .distinct()
                            .count()
                    == 1;
        }

        /** Returns whether all requests have the same key. */
        boolean repeatsKey() {
            return requests.stream()
                            .allMatch(
                                    each -> each.creation().orElseThrow().key().isPresent())
                    && requests.stream().map(RequestRecord::creation).distinct().count() == 1;
        }
    }

    PayoutStatus status() {
        return payout.status();
    }

    /** Returns how often the recipient was paid, what was taken back not counted. */
    int payments() {
        return visits.stream().mapToInt(visit -> visit.kept().size()).sum();
    }

    /** Returns the changes that took a payout out of doubt; none if it never was in doubt, or still is. */
    List<PayoutTransition> recoveries() {
        return history.stream()
                .filter(change ->
                        change.from().filter(PayoutStatus.UNKNOWN::equals).isPresent())
                .filter(change -> change.to() != PayoutStatus.UNKNOWN && change.to() != PayoutStatus.SENDING)
                .toList();
    }
}
