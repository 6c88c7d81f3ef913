package io.holdfast.payout;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.Side;
import io.holdfast.ledger.Wallets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Where payouts are booked beside the wallet. The accounts are opened on first use, without limits.
 *
 * <p>In the paths {@code {provider}} stands for the provider's name and {@code {owner}} for the wallet's path without
 * {@code liabilities:wallets:}, or without its root if it lies elsewhere.
 *
 * <p>What was booked before other accounts were configured ends where it was booked; only where that account is closed, on the one that
 * is configured for the same by then.
 *
 * <p>A host names what differs from the usual: {@code PayoutAccounts.DEFAULTS.withSuspense("liabilities:unknown:{provider}")}.
 * The command {@code holdfast} knows {@link #DEFAULTS} alone, so it shows nothing of a float that is kept elsewhere.
 *
 * @param providerFloat what we have prefunded
 * @param providerFees what providers charge us
 * @param latePayouts what owners owe us for payouts that succeeded after they had their money back
 * @param lateLosses what of that is given up
 * @param suspense movements that nobody can explain yet
 * @param fees who shares our fee, at least one
 */
public record PayoutAccounts(
        String providerFloat,
        String providerFees,
        String latePayouts,
        String lateLosses,
        String suspense,
        List<FeeShare> fees) {

    /** The usual chart of accounts. */
    public static final PayoutAccounts DEFAULTS = new PayoutAccounts(
            "assets:providers:{provider}:float",
            "expenses:provider-fees:{provider}",
            "assets:receivables:late-payouts:{owner}",
            "expenses:late-payout-losses",
            "liabilities:suspense:{provider}",
            List.of(new FeeShare("revenue:payout-fees", 1)));

    /**
     * Refuses paths that are malformed once the names are put in.
     *
     * @throws IllegalArgumentException with the path and the rule
     */
    public PayoutAccounts {
        for (String path : List.of(providerFloat, providerFees, latePayouts, lateLosses, suspense)) {
            Account.checkPath(path.replace("{provider}", "p").replace("{owner}", "o"));
        }
        fees = List.copyOf(fees);
        if (fees.isEmpty()) {
            throw new IllegalArgumentException("Our fee goes to no account: name at least one");
        }
    }

    /** Returns the same with the float at another path. */
    public PayoutAccounts withProviderFloat(String path) {
        return new PayoutAccounts(path, providerFees, latePayouts, lateLosses, suspense, fees);
    }

    /** Returns the same with what providers charge us at another path. */
    public PayoutAccounts withProviderFees(String path) {
        return new PayoutAccounts(providerFloat, path, latePayouts, lateLosses, suspense, fees);
    }

    /** Returns the same with what owners owe us for late payouts at another path. */
    public PayoutAccounts withLatePayouts(String path) {
        return new PayoutAccounts(providerFloat, providerFees, path, lateLosses, suspense, fees);
    }

    /** Returns the same with what is given up of late payouts at another path. */
    public PayoutAccounts withLateLosses(String path) {
        return new PayoutAccounts(providerFloat, providerFees, latePayouts, path, suspense, fees);
    }

    /** Returns the same with what nobody can explain yet at another path. */
    public PayoutAccounts withSuspense(String path) {
        return new PayoutAccounts(providerFloat, providerFees, latePayouts, lateLosses, path, fees);
    }

    /**
     * Returns the same with others who share our fee.
     *
     * @throws IllegalArgumentException if there are none
     */
    public PayoutAccounts withFees(FeeShare... shares) {
        return new PayoutAccounts(providerFloat, providerFees, latePayouts, lateLosses, suspense, List.of(shares));
    }

    /** Returns the path of a provider's float. */
    public String providerFloat(String provider) {
        return providerFloat.replace("{provider}", provider);
    }

    /** Returns the path of what a provider charges us. */
    public String providerFees(String provider) {
        return providerFees.replace("{provider}", provider);
    }

    /** Returns the path of a provider's suspense. */
    public String suspense(String provider) {
        return suspense.replace("{provider}", provider);
    }

    /**
     * Returns the path of what a wallet's owner owes us for late payouts. An owner with whom it would be too long for a path has a
     * UUID made of its name there (version 3 of RFC 9562), because a late payout cannot be refused any more.
     */
    public String latePayouts(Account wallet) {
        String path = wallet.path();
        String owner = path.startsWith(Wallets.ROOT)
                ? path.substring(Wallets.ROOT.length())
                : path.substring(path.indexOf(':') + 1);
        String debts = latePayouts.replace("{owner}", owner);
        return debts.length() <= Account.PATH_MAX
                ? debts
                : latePayouts.replace(
                        "{owner}",
                        UUID.nameUUIDFromBytes(owner.getBytes(StandardCharsets.UTF_8))
                                .toString());
    }

    /** Returns the postings of our fee on one side, split by weight; none for a fee of zero. */
    public List<Posting> fee(Side side, Money fee) {
        List<Money> parts = fee.allocate(fees.stream().map(FeeShare::weight).toList());
        List<Posting> postings = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).isPositive()) {
                postings.add(Posting.of(fees.get(i).path(), side, parts.get(i)));
            }
        }
        return postings;
    }
}
