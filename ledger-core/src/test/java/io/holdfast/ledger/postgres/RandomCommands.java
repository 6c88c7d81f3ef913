package io.holdfast.ledger.postgres;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Command;
import io.holdfast.ledger.CommandGroup;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.KeyedCommand;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.Reversal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Invents commands that mostly make sense and often enough do not: too much, unknown, twice, under a key used for
 * something else, with deadlines passed and near. Holds and entries are named by key, so that the same commands mean the
 * same in any ledger.
 */
final class RandomCommands {

    static final Currency UGX = Currency.of("UGX");
    static final Currency USD = Currency.of("USD");

    /** The accounts that commands are about; those under {@code liabilities:wallets} and {@code assets:till} have limits. */
    static final List<Account> ACCOUNTS = List.of(
            Account.of("liabilities:wallets:a", UGX),
            Account.of("liabilities:wallets:b", UGX),
            Account.of("liabilities:wallets:a", USD),
            Account.of("assets:till", UGX),
            Account.of("assets:bank", UGX),
            Account.of("assets:bank", USD),
            Account.of("revenue:fees", UGX),
            Account.of("revenue:fees", USD));

    private static final Account UNKNOWN = Account.of("equity:unknown", UGX);

    private final Random random;
    private final Supplier<Instant> now;
    private final String prefix;
    private final List<KeyedCommand> history = new ArrayList<>();
    private final List<Key> holds = new ArrayList<>();
    private int count;

    RandomCommands(Random random, Supplier<Instant> now, String prefix) {
        this.random = random;
        this.now = now;
        this.prefix = prefix;
    }

    List<Command> next(int commands) {
        List<Command> next = new ArrayList<>();
        for (int i = 0; i < commands; i++) {
            next.add(random.nextInt(8) == 0 ? group() : keyed());
        }
        return next;
    }

    private CommandGroup group() {
        List<KeyedCommand> commands = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            commands.add(keyed());
        }
        return new CommandGroup(commands);
    }

    private KeyedCommand keyed() {
        if (!history.isEmpty() && random.nextInt(12) == 0) {
            return some(history);
        }
        Key key = !history.isEmpty() && random.nextInt(25) == 0 ? some(history).key() : Key.of(prefix + count++);
        KeyedCommand command = invented(key, details());
        history.add(command);
        return command;
    }

    private KeyedCommand invented(Key key, Details details) {
        int choice = random.nextInt(100);
        if (choice < 30 || (holds.isEmpty() && choice >= 55)) {
            return post(key, details);
        } else if (choice < 55) {
            return hold(key, details);
        } else if (choice < 78) {
            return commit(key, details);
        } else if (choice < 89) {
            return HoldRelease.of(HoldReference.of(some(holds)), key).with(details);
        }
        return reversal(key, details);
    }

    private JournalEntry post(Key key, Details details) {
        Currency currency = random.nextInt(4) == 0 ? USD : UGX;
        List<Posting> postings = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            Money amount = amount(currency, 300);
            postings.add(Posting.debit(account(currency).path(), amount));
            postings.add(Posting.credit(account(currency).path(), amount));
        }
        return new JournalEntry(key, details, postings);
    }

    private HoldRequest hold(Key key, Details details) {
        Account account = account(random.nextInt(4) == 0 ? USD : UGX);
        holds.add(key);
        HoldRequest request =
                HoldRequest.of(key, account, amount(account.currency(), 250)).with(details);
        return switch (random.nextInt(4)) {
            case 0 -> request;
            case 1 -> request.expiresAt(now.get().plusSeconds(random.nextInt(3) - 1));
            default -> request.expiresAt(now.get().plusSeconds(random.nextInt(40)));
        };
    }

    private HoldCommit commit(Key key, Details details) {
        Currency currency = random.nextInt(4) == 0 ? USD : UGX;
        HoldCommit.Builder commit = HoldCommit.of(HoldReference.of(some(holds)), key)
                .with(details)
                .credit(account(currency).path(), amount(currency, 150));
        if (random.nextInt(3) == 0) {
            commit.posting(Posting.of(
                    account(currency).path(),
                    random.nextBoolean() ? io.holdfast.ledger.Side.DEBIT : io.holdfast.ledger.Side.CREDIT,
                    amount(currency, 50)));
        }
        return switch (random.nextInt(3)) {
            case 0 -> commit.keepRest().build();
            case 1 -> commit.releaseRest().build();
            default -> commit.build();
        };
    }

    private Reversal reversal(Key key, Details details) {
        KeyedCommand original = some(history);
        Reversal whole = Reversal.of(EntryReference.of(original.key()), key).with(details);
        if (original instanceof JournalEntry entry && random.nextInt(3) > 0) {
            Money part = amount(entry.postings().get(0).amount().currency(), 200);
            if (random.nextBoolean()) {
                return whole.amount(part);
            }
            Posting first = entry.postings().get(0);
            Posting second = entry.postings().get(1);
            return whole.postings(List.of(
                    Posting.of(first.account().path(), first.side().opposite(), part),
                    Posting.of(second.account().path(), second.side().opposite(), part)));
        }
        return whole;
    }

    private Details details() {
        Details details = Details.NONE;
        if (random.nextInt(10) == 0) {
            LocalDate today = LocalDate.ofInstant(now.get(), ZoneOffset.UTC);
            details = details.effectiveOn(today.minusDays(random.nextInt(6)));
        }
        if (random.nextInt(10) == 0) {
            details = details.describedAs("number " + count).metadata("of", prefix);
        }
        return random.nextInt(40) == 0 ? details.asUnconditional() : details;
    }

    private Account account(Currency currency) {
        if (random.nextInt(60) == 0) {
            return Account.of(UNKNOWN.path(), currency);
        }
        List<Account> possible = ACCOUNTS.stream()
                .filter(account -> account.currency().equals(currency))
                .toList();
        return some(possible);
    }

    private Money amount(Currency currency, int most) {
        return Money.ofMinor(currency, 1 + random.nextInt(most));
    }

    private <T> T some(List<T> values) {
        // The latest are the most interesting.
        int back = random.nextInt(1 + random.nextInt(values.size()));
        return values.get(values.size() - 1 - back);
    }
}
