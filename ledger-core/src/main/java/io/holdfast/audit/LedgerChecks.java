package io.holdfast.audit;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.ACCOUNT_CHANGE;
import static io.holdfast.db.generated.Tables.BALANCE;
import static io.holdfast.db.generated.Tables.HOLD;
import static io.holdfast.db.generated.Tables.JOURNAL_ENTRY;
import static io.holdfast.db.generated.Tables.PERIOD_CLOSE;
import static io.holdfast.db.generated.Tables.POSTING;

import io.holdfast.db.generated.Routines;
import java.util.List;

/** What holds in every ledger at all times. The guards come first, as the other checks rest on functions among them. */
final class LedgerChecks {

    private LedgerChecks() {}

    static List<Check> all() {
        return List.of(
                new GuardCheck(),
                new SqlCheck("entries-complete", JOURNAL_ENTRY, Routines::auditEntries),
                new SqlCheck("entries-balanced", POSTING, Routines::auditSums),
                new SqlCheck("entry-kinds", JOURNAL_ENTRY, Routines::auditKinds),
                new HashCheck(),
                new SqlCheck("fact-hashes", ACCOUNT_CHANGE, Routines::auditFacts),
                new SqlCheck("account-sequences", POSTING, Routines::auditSequences),
                new SqlCheck("balances", BALANCE, Routines::auditBalances),
                new SqlCheck("holds", HOLD, Routines::auditHolds),
                new SqlCheck("held-by-holds", BALANCE, Routines::auditHeld),
                new SqlCheck("reversals", JOURNAL_ENTRY, Routines::auditReversals),
                new SqlCheck("account-terms", ACCOUNT, Routines::auditTerms),
                new CurrencyCheck(),
                new SqlCheck("closed-periods", PERIOD_CLOSE, Routines::auditPeriods));
    }
}
