package io.holdfast.ledger;

import java.time.Instant;

/**
 * An account as it is in a ledger.
 *
 * @param terms its limits now
 * @param debitFrozen whether what lowers its available part on the normal side is refused
 * @param creditFrozen whether what raises its available part on the normal side is refused
 * @param closed whether every posting is refused
 * @param openedAt when the ledger opened it
 */
public record AccountState(
        AccountTerms terms, boolean debitFrozen, boolean creditFrozen, boolean closed, Instant openedAt) {

    /** Returns which account. */
    public Account account() {
        return terms.account();
    }
}
