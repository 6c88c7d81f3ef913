package io.holdfast.payout.engine;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.payout.Payer;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.Recipient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What of a payout never changes.
 *
 * @param checkers how many others have to agree
 * @param approveBy when it is cancelled unless they have
 */
record Intent(
        UUID id,
        Key key,
        Account wallet,
        Money amount,
        Money fee,
        Payer payer,
        Recipient recipient,
        String narration,
        Optional<String> onlyProvider,
        List<String> routes,
        Optional<Instant> notBefore,
        String requestedBy,
        Instant createdAt,
        int checkers,
        Optional<Instant> approveBy,
        Optional<UUID> quote) {

    Intent {
        routes = List.copyOf(routes);
    }

    Money total() {
        return amount.plus(fee);
    }

    /** Returns the amount that the request named. */
    Money named() {
        return payer == Payer.SENDER ? amount : total();
    }

    Money money(java.math.BigInteger minor) {
        return Money.ofMinor(amount.currency(), minor);
    }

    PayoutInstruction instruction(int attempt, String providerKey) {
        return new PayoutInstruction(id, attempt, providerKey, amount, recipient, narration);
    }
}
