package io.holdfast.ledger.hammer;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;

/**
 * What all processes of a run agree on.
 *
 * @param seed of the commands and of what is drawn
 * @param start when the first number was drawn
 */
record Scenario(long seed, Instant start) {

    static final String LEDGER = "hammer";

    /** How the sessions of workers are named to PostgreSQL. */
    static final String APPLICATION = "hammer-worker";

    static final Currency UGX = Currency.of("UGX");
    static final Currency USD = Currency.of("USD");

    static final Account HOT = Account.of("liabilities:wallets:hot", UGX);
    static final Account FROZEN_AT_TIMES = Account.of("liabilities:wallets:c", UGX);

    /** What may not fall below zero. */
    static final List<Account> WALLETS = List.of(
            HOT,
            Account.of("liabilities:wallets:b", UGX),
            FROZEN_AT_TIMES,
            Account.of("liabilities:wallets:d", UGX),
            Account.of("liabilities:wallets:hot", USD),
            Account.of("liabilities:wallets:e", USD),
            Account.of("assets:till", UGX));

    /** What has no limits. */
    static final List<Account> OTHERS = List.of(
            Account.of("assets:bank", UGX),
            Account.of("assets:bank", USD),
            Account.of("revenue:fees", UGX),
            Account.of("revenue:fees", USD));

    /** Between the first number that is drawn and the first that a command may refer to. */
    private static final long FIRST = 1_000;

    private static final int PER_SECOND = 400;
    private static final long CEILING = 20_000;

    static AccountTerms terms(Account account) {
        if (OTHERS.contains(account)) {
            return AccountTerms.of(account);
        }
        AccountTerms floored = AccountTerms.of(account).minimum(Money.zero(account.currency()));
        return account.path().equals("assets:till") || account.path().endsWith(":d")
                ? floored.maximum(Money.ofMinor(account.currency(), CEILING))
                : floored;
    }

    LocalDate firstDay() {
        return LocalDate.ofInstant(start, ZoneOffset.UTC);
    }

    /** Returns when the command of a number is first drawn, roughly. */
    Instant drawnAt(long number) {
        return start.plusMillis((number - FIRST) * 1_000 / PER_SECOND);
    }

    /** Returns the number of a command of about now, which others draw too, or at times of any that came before. */
    long draw(Random random, Instant now) {
        long newest = FIRST + Math.max(1, Duration.between(start, now).toMillis() * PER_SECOND / 1_000);
        boolean isOld = random.nextInt(12) == 0;
        return isOld ? random.nextLong(FIRST, newest + 1) : Math.max(FIRST, newest - random.nextInt(PER_SECOND / 2));
    }
}
