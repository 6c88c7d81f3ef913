package io.holdfast.payout.engine;

import io.holdfast.audit.Check;
import java.util.List;

/** The invariants of payouts. */
final class PayoutChecks {

    private PayoutChecks() {}

    static List<Check> all() {
        return List.of(
                new MoneyCheck(),
                new HistoryCheck(),
                new OrphanCheck(),
                new ApprovalCheck(),
                new SuspenseCheck(),
                new MovementCheck(),
                new FeedCheck(),
                new CountCheck(),
                new UsageCheck());
    }
}
