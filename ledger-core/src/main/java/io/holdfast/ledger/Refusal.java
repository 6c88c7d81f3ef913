package io.holdfast.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * A rule said no, and nothing was written. Where several rules say no, the first in this order is given: key, period,
 * accounts named by the command (not found, frozen, closed), hold or entry, limits (all minimums before any maximum).
 */
public sealed interface Refusal extends AnyRefusal {

    /** The key was used before with other content. */
    record KeyConflict(Key key, List<String> differs) implements Refusal {
        public KeyConflict {
            differs = List.copyOf(differs);
        }

        @Override
        public String code() {
            return "KEY_CONFLICT";
        }

        @Override
        public String message() {
            return "Key \"" + key + "\" was used before with other content; what differs: "
                    + String.join(", ", differs);
        }
    }

    /** The business date lies in a closed period. */
    record PeriodClosed(LocalDate effectiveOn, LocalDate closedThrough) implements Refusal {
        @Override
        public String code() {
            return "PERIOD_CLOSED";
        }

        @Override
        public String message() {
            return "Effective date " + effectiveOn + " is closed: the books are closed through " + closedThrough;
        }
    }

    /** The ledger has no such account. */
    record AccountNotFound(Account account) implements Refusal {
        @Override
        public String code() {
            return "ACCOUNT_NOT_FOUND";
        }

        @Override
        public String message() {
            return "There is no account " + account + " of "
                    + account.currency().exponent() + " decimals; open it first";
        }
    }

    /** The account is frozen on the side that the command needs. */
    record AccountFrozen(Account account, Side side) implements Refusal {
        @Override
        public String code() {
            return "ACCOUNT_FROZEN";
        }

        @Override
        public String message() {
            return "Account " + account + " is under a " + side.word() + " freeze: what is available may not "
                    + (side == Side.DEBIT ? "fall" : "rise");
        }
    }

    /** The account is closed. */
    record AccountClosed(Account account) implements Refusal {
        @Override
        public String code() {
            return "ACCOUNT_CLOSED";
        }

        @Override
        public String message() {
            return "Account " + account + " is closed";
        }
    }

    /** The account is open on other terms. */
    record AccountExists(Account account, List<String> differs) implements Refusal {
        public AccountExists {
            differs = List.copyOf(differs);
        }

        @Override
        public String code() {
            return "ACCOUNT_EXISTS";
        }

        @Override
        public String message() {
            return "Account " + account + " exists on other terms; what differs: " + String.join(", ", differs);
        }
    }

    /** The account cannot be closed, because something is still in it. */
    record AccountNotEmpty(Account account, Money total, Money held) implements Refusal {
        @Override
        public String code() {
            return "ACCOUNT_NOT_EMPTY";
        }

        @Override
        public String message() {
            return "Account " + account + " cannot be closed: its total is " + total + " and " + held
                    + " of it is held";
        }
    }

    /** There is no such hold. */
    record HoldNotFound(HoldReference hold) implements Refusal {
        @Override
        public String code() {
            return "HOLD_NOT_FOUND";
        }

        @Override
        public String message() {
            return "There is no hold " + hold;
        }
    }

    /** The hold was committed or released before. */
    record HoldNotActive(HoldReference hold, HoldState state) implements Refusal {
        @Override
        public String code() {
            return "HOLD_NOT_ACTIVE";
        }

        @Override
        public String message() {
            return "Hold " + hold + " is " + state + " already";
        }
    }

    /** The hold's deadline has passed. */
    record HoldExpired(HoldReference hold, Instant expiredAt) implements Refusal {
        @Override
        public String code() {
            return "HOLD_EXPIRED";
        }

        @Override
        public String message() {
            return "Hold " + hold + " expired at " + expiredAt;
        }
    }

    /** The commit takes more than the hold has left. */
    record HoldExceeded(HoldReference hold, Money requested, Money remaining) implements Refusal {
        @Override
        public String code() {
            return "HOLD_EXCEEDED";
        }

        @Override
        public String message() {
            return "Hold " + hold + " has " + remaining + " left, and " + requested + " was to be committed";
        }
    }

    /**
     * The hold or entry is of a payout, which alone ends or reverses what it recorded.
     *
     * @param what the hold or entry, as it was named
     */
    record OfPayout(String what, Key recordedUnder) implements Refusal {
        @Override
        public String code() {
            return "OF_PAYOUT";
        }

        @Override
        public String message() {
            return what + " is of a payout (" + recordedUnder
                    + "), which alone ends or reverses it: cancel or resolve the payout instead";
        }
    }

    /** There is no such entry. */
    record EntryNotFound(EntryReference entry) implements Refusal {
        @Override
        public String code() {
            return "ENTRY_NOT_FOUND";
        }

        @Override
        public String message() {
            return "There is no entry " + entry;
        }
    }

    /** The entry is not a plain one. */
    record NotReversible(EntryReference entry, EntryKind kind) implements Refusal {
        @Override
        public String code() {
            return "NOT_REVERSIBLE";
        }

        @Override
        public String message() {
            return "Entry " + entry + " is of kind " + kind.word() + "; only those of kind post are reversed";
        }
    }

    /** The entry has less left to reverse than was asked. */
    record AlreadyReversed(EntryReference entry, UUID entryId, Account account, Money left) implements Refusal {
        @Override
        public String code() {
            return "ALREADY_REVERSED";
        }

        @Override
        public String message() {
            return "Entry " + entry + " has only " + left + " left to reverse on " + account.path();
        }
    }

    /** The account would fall below its minimum. */
    record InsufficientFunds(Account account, Money requested, Money available, Money minimum) implements Refusal {
        @Override
        public String code() {
            return "INSUFFICIENT_FUNDS";
        }

        @Override
        public String message() {
            return "Account " + account.path() + " has " + available + " available, its minimum is " + minimum
                    + ", and " + requested + " was to be taken";
        }
    }

    /** The account would rise above its maximum, or above what 38 digits can count. */
    record LimitExceeded(Account account, Money total, Money maximum) implements Refusal {
        @Override
        public String code() {
            return "LIMIT_EXCEEDED";
        }

        @Override
        public String message() {
            return "Account " + account.path() + " has a total of " + total + ", and the command would take it beyond "
                    + maximum;
        }
    }

    /**
     * The command is no well-formed one, which only shows beside what the ledger holds: a commit that does not net to
     * something above zero of the hold's currency. The single-call methods throw it as an IllegalArgumentException.
     */
    record Malformed(String message) implements Refusal {
        @Override
        public String code() {
            return "MALFORMED";
        }
    }
}
