package io.holdfast.payout.spi;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who is paid. Its {@code toString} masks what is personal; the components do not.
 */
public sealed interface Recipient {

    /** Longest name of a recipient, in characters. */
    int NAME_MAX = 140;

    /** Returns by which way the recipient is paid. */
    Channel channel();

    /** Returns the phone number or account number, which {@code toString} masks. */
    String address();

    /** Returns the recipient's name; empty if it is not known. */
    String name();

    /**
     * Tells whether an address that a provider echoed is this recipient's: letters and digits are compared, so that a
     * {@code +}, blanks, dashes and capitals do not matter.
     */
    default boolean hasAddress(String echoed) {
        return Masking.significant(address()).equalsIgnoreCase(Masking.significant(echoed));
    }

    /**
     * A mobile money account.
     *
     * @param phone E.164 with its {@code +}, {@code +255712345678}; a text without {@code +} gets it
     * @param name the recipient's; empty if it is not known
     * @param operator the mobile operator as the caller believes it to be: a hint, which the provider overrides
     */
    record MobileMoney(String phone, String name, Optional<String> operator) implements Recipient {

        private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
        private static final int OPERATOR_MAX = 30;

        /**
         * Refuses what is no E.164 number. That a country's plan allows it, and that it is written without the zero dialled
         * at home, is checked when a payout is requested or quoted. Whether the number is in use is for the provider to say.
         *
         * @throws IllegalArgumentException with the rule, and the number masked
         */
        public MobileMoney {
            String written = phone;
            phone = written.startsWith("+") ? written : "+" + written;
            if (!E164.matcher(phone).matches()) {
                throw new IllegalArgumentException("Phone number " + Masking.masked(written)
                        + " is not E.164: a country code and a number, 7 to 15 digits in all, as in +255712345678");
            }
            name = name.isEmpty() ? name : Texts.personal("Recipient's name", name, NAME_MAX);
            operator.ifPresent(hint -> Texts.name("Operator", hint, OPERATOR_MAX));
        }

        /**
         * Returns a recipient of whom only the number is known.
         *
         * @throws IllegalArgumentException if it is no E.164 number
         */
        public static MobileMoney of(String phone) {
            return new MobileMoney(phone, "", Optional.empty());
        }

        /** Returns the same with a name. */
        public MobileMoney named(String newName) {
            return new MobileMoney(phone, newName, operator);
        }

        /** Returns the number's digits without the {@code +}, as most providers want them. */
        public String digits() {
            return phone.substring(1);
        }

        @Override
        public Channel channel() {
            return Channel.MOBILE_MONEY;
        }

        @Override
        public String address() {
            return phone;
        }

        @Override
        public String toString() {
            return "mobile money " + Masking.masked(phone);
        }
    }

    /**
     * A bank account. Its number has one spelling, so that limits, the guard against the same payout twice and searches see one
     * account however it was written: blanks and dashes are left out, letters are capitals.
     *
     * @param bank the bank's code, as the provider names banks
     * @param account the account's number: 3 to 40 letters and digits; blanks and dashes between them are left out
     * @param name the holder's, which must be given
     */
    record BankAccount(String bank, String account, String name) implements Recipient {

        private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9](?:[ -]*[A-Za-z0-9]){2,39}");
        private static final int BANK_MAX = 40;

        /**
         * Refuses a malformed account number and an account without a holder.
         *
         * @throws IllegalArgumentException with the rule, and the number masked
         */
        public BankAccount {
            Texts.name("Bank code", bank, BANK_MAX);
            if (!NUMBER.matcher(account).matches()) {
                throw new IllegalArgumentException("Account number " + Masking.masked(account)
                        + " is not 3 to 40 letters and digits, blanks and dashes between them");
            }
            account = Masking.significant(account).toUpperCase(Locale.ROOT);
            Texts.personal("Account holder's name", name, NAME_MAX);
        }

        @Override
        public Channel channel() {
            return Channel.BANK;
        }

        @Override
        public String address() {
            return account;
        }

        @Override
        public String toString() {
            return "bank " + bank + " account " + Masking.masked(account);
        }
    }
}
