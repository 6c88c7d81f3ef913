package io.holdfast.payout;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountType;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Times;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.Recipient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks for a payout.
 *
 * <pre>{@code
 * PayoutRequest.of("payout-7", alice, Money.ofMinor(UGX, 5_000), Recipient.MobileMoney.of("+256712345678"))
 *         .narration("Salary June")
 * }</pre>
 *
 * @param key idempotency key: unique among the ledger's payouts, kept for ever
 * @param wallet a liability account, which pays. Its minimum is all that protects it from being overdrawn: {@link
 *     io.holdfast.ledger.Wallets#open} gives it one of zero, and one that was opened without pays without limit
 * @param amount above zero, in the wallet's currency: what is paid, or with {@link Payer#RECIPIENT} what is charged
 * @param recipient who is paid
 * @param payer who bears our fee
 * @param narration what the recipient reads, at most 140 characters; empty for none
 * @param metadata at most 50 pairs of text, keys of at most 64 and values of at most 500 characters; a provider that keeps
 *     metadata is given them, so they are no place for what it must not know of the recipient
 * @param provider the only provider that may be used; if absent, the engine's routes decide
 * @param notBefore the earliest time to send it, in whole microseconds; if absent, at once
 * @param quote by which fee and routes were settled; if absent, they are now
 */
public record PayoutRequest(
        Key key,
        Account wallet,
        Money amount,
        Recipient recipient,
        Payer payer,
        String narration,
        Map<String, String> metadata,
        Optional<String> provider,
        Optional<Instant> notBefore,
        Optional<UUID> quote) {

    /**
     * Refuses an amount that is not above zero or not in the wallet's currency, a wallet that is no liability, texts that are
     * too long, and a time that is not in the years 1900 to 9999.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public PayoutRequest {
        checkTerms("Payout \"" + key + "\"", wallet, amount);
        if (narration.length() > PayoutInstruction.NARRATION_MAX
                || narration.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("Payout \"" + key + "\": a narration has at most "
                    + PayoutInstruction.NARRATION_MAX + " characters and no control characters");
        }
        Details normalized = Details.NONE.describedAs(narration.strip()).withMetadata(metadata);
        narration = normalized.description();
        metadata = normalized.metadata();
        notBefore.ifPresent(at -> Times.check("Payout \"" + key + "\" not before", at));
        notBefore = notBefore.map(at -> at.truncatedTo(ChronoUnit.MICROS));
    }

    /**
     * Asks for a payout at once, over the engine's routes, the fee on top.
     *
     * @throws IllegalArgumentException as the constructor, and if the key is malformed
     */
    public static PayoutRequest of(String key, Account wallet, Money amount, Recipient recipient) {
        return new PayoutRequest(
                Key.of(key),
                wallet,
                amount,
                recipient,
                Payer.SENDER,
                "",
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Returns the same with someone bearing our fee. */
    public PayoutRequest payer(Payer who) {
        return new PayoutRequest(key, wallet, amount, recipient, who, narration, metadata, provider, notBefore, quote);
    }

    /** Returns the same with a text for the recipient. */
    public PayoutRequest narration(String text) {
        return new PayoutRequest(key, wallet, amount, recipient, payer, text, metadata, provider, notBefore, quote);
    }

    /** Returns the same with one more pair of metadata; a name given again takes the later value. */
    public PayoutRequest metadata(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(metadata);
        more.put(name, value);
        return new PayoutRequest(key, wallet, amount, recipient, payer, narration, more, provider, notBefore, quote);
    }

    /** Returns the same over one provider and no other. */
    public PayoutRequest via(String onlyProvider) {
        return new PayoutRequest(
                key,
                wallet,
                amount,
                recipient,
                payer,
                narration,
                metadata,
                Optional.of(onlyProvider),
                notBefore,
                quote);
    }

    /**
     * Returns the same, to be sent no earlier than that.
     *
     * @throws IllegalArgumentException if it is not in the years 1900 to 9999
     */
    public PayoutRequest notBefore(Instant earliest) {
        return new PayoutRequest(
                key, wallet, amount, recipient, payer, narration, metadata, provider, Optional.of(earliest), quote);
    }

    /** Returns the same by a quote, for which wallet, amount, payer, recipient and provider have to be those quoted. */
    public PayoutRequest quoted(UUID id) {
        return new PayoutRequest(
                key, wallet, amount, recipient, payer, narration, metadata, provider, notBefore, Optional.of(id));
    }

    /** Refuses terms on which there can be neither a payout nor a quote; the subject is what they are of. */
    static void checkTerms(String subject, Account wallet, Money amount) {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException(subject + " of " + amount + ": an amount is above zero");
        }
        if (!wallet.currency().equals(amount.currency())) {
            throw new IllegalArgumentException(
                    subject + " of " + amount + " from " + wallet + ": the currencies differ");
        }
        if (wallet.type() != AccountType.LIABILITIES) {
            throw new IllegalArgumentException(
                    subject + " from " + wallet + ": a wallet is a liability account, as liabilities:wallets:alice is");
        }
    }
}
