package io.holdfast.payout;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a payout costs that is requested by this quote before it expires: one payout.
 *
 * @param id to be given with the request
 * @param wallet which account would pay
 * @param amount what the provider would be told to pay
 * @param fee what we would charge beside it
 * @param payer who would bear that fee
 * @param provider the only provider, if one was named
 * @param routes names of the providers that may be used, in order
 * @param createdAt when it was given
 * @param expiresAt from when on it is no good
 */
public record PayoutQuote(
        UUID id,
        Account wallet,
        Money amount,
        Money fee,
        Payer payer,
        Optional<String> provider,
        List<String> routes,
        Instant createdAt,
        Instant expiresAt) {

    /** Copies the list. */
    public PayoutQuote {
        routes = List.copyOf(routes);
    }

    /** Returns what the wallet would pay: amount and fee. */
    public Money total() {
        return amount.plus(fee);
    }

    /** Returns the amount that a request by this quote names. */
    public Money named() {
        return payer == Payer.SENDER ? amount : total();
    }
}
