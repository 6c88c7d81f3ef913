package io.holdfast.audit;

/**
 * One contradiction that a check found.
 *
 * @param subject the damaged thing: {@code entry 0190...}, {@code posting 2 of entry 0190...}, {@code account
 *     liabilities:wallets:alice UGX}, {@code hold 0190...}
 * @param field the damaged column, as the database names it, or {@code content} if what is damaged cannot be told
 * @param expected what it should be, by everything else that the ledger keeps
 * @param found what it is
 */
public record Failure(String subject, String field, String expected, String found) {

    /** Returns one line for people. */
    @Override
    public String toString() {
        return subject + ": " + field + " is " + found + ", expected " + expected;
    }
}
