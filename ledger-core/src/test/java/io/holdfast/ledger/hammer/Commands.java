package io.holdfast.ledger.hammer;

import io.holdfast.ledger.Account;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The command of each number: a pure function of seed and number, so that every process can say each of them, again and
 * at the same time as others, and whoever judges knows what was said.
 *
 * <p>The numbers of duels are the exception: each of the two workers says something else under the same key.
 */
final class Commands {

    private static final String PREFIX = "h";
    private static final int DUEL = 97;
    private static final int BACK_MAX = 60;

    private final Scenario scenario;

    Commands(Scenario scenario) {
        this.scenario = scenario;
    }

    enum Kind {
        POST,
        HOLD,
        COMMIT,
        RELEASE,
        REVERSE
    }

    static Key key(long number) {
        return Key.of(PREFIX + number);
    }

    static long number(Key key) {
        return Long.parseLong(key.value().substring(PREFIX.length()));
    }

    static boolean isDuel(long number) {
        return number % DUEL == 0;
    }

    Kind kind(long number) {
        int choice = isDuel(number) ? 0 : random(number, 0).nextInt(100);
        if (choice < 40) {
            return Kind.POST;
        } else if (choice < 65) {
            return Kind.HOLD;
        } else if (choice < 82) {
            return Kind.COMMIT;
        }
        return choice < 90 ? Kind.RELEASE : Kind.REVERSE;
    }

    /** Returns what a worker says under the key of a number. */
    KeyedCommand command(long number, int worker) {
        Random random = random(number, isDuel(number) ? worker : 1);
        return switch (kind(number)) {
            case POST -> post(number, random);
            case HOLD -> hold(number, random);
            case COMMIT -> commit(number, random);
            case RELEASE -> HoldRelease.of(HoldReference.of(key(target(number, Kind.HOLD, random))), key(number));
            case REVERSE -> reversal(number, random);
        };
    }

    /** Returns another command under the key of a number. */
    static KeyedCommand conflicting(long number) {
        Money much = Money.ofMinor(Scenario.UGX, 1_000_000 + number);
        return JournalEntry.of(key(number).value())
                .debit("assets:bank", much)
                .credit("revenue:fees", much)
                .build();
    }

    /** Returns all accounts that a command can be about. */
    Set<Account> accounts(long number, int worker) {
        KeyedCommand command = command(number, worker);
        Set<Account> accounts = new HashSet<>();
        if (command instanceof JournalEntry entry) {
            entry.postings().forEach(posting -> accounts.add(posting.account()));
        } else if (command instanceof HoldRequest request) {
            accounts.add(request.account());
        } else if (command instanceof HoldCommit commit) {
            commit.postings().forEach(posting -> accounts.add(posting.account()));
        }
        Stream.of(Kind.HOLD, Kind.POST)
                .filter(kind -> kind(number) != Kind.POST && kind(number) != Kind.HOLD)
                .forEach(kind -> accounts.addAll(accounts(target(number, kind, random(number, 1)), worker)));
        return accounts;
    }

    private JournalEntry post(long number, Random random) {
        boolean inDollars = random.nextInt(4) == 0;
        List<Posting> postings = new ArrayList<>();
        int pairs = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 1;
        for (int i = 0; i < pairs; i++) {
            Account from = account(random, inDollars);
            Account to = account(random, inDollars);
            if (random.nextInt(3) == 0) {
                from = Scenario.OTHERS.get(inDollars ? 1 : 0);
                to = wallet(random, inDollars);
            }
            Money amount = Money.ofMinor(from.currency(), 1 + random.nextInt(500));
            postings.add(Posting.debit(from.path(), amount));
            postings.add(Posting.credit(to.path(), amount));
        }
        Details details = Details.NONE;
        if (random.nextInt(8) == 0) {
            details = details.effectiveOn(scenario.firstDay().minusDays(random.nextInt(300)));
        }
        if (random.nextInt(10) == 0) {
            details = details.describedAs("Number " + number).metadata("of", "hammer");
        }
        return new JournalEntry(key(number), details, postings);
    }

    private HoldRequest hold(long number, Random random) {
        Account account = random.nextInt(6) == 0 ? account(random, random.nextBoolean()) : wallet(random, false);
        HoldRequest request =
                HoldRequest.of(key(number), account, Money.ofMinor(account.currency(), 1 + random.nextInt(200)));
        return random.nextInt(5) < 2
                ? request
                : request.expiresAt(scenario.drawnAt(number).plusMillis(random.nextInt(4_000) - 300));
    }

    private HoldCommit commit(long number, Random random) {
        long target = target(number, Kind.HOLD, random);
        HoldRequest hold = (HoldRequest) command(target, 1);
        long held = hold.amount().minor().longValueExact();
        Money amount = Money.ofMinor(hold.amount().currency(), 1 + random.nextLong(held + held / 8 + 1));
        HoldCommit.Builder commit = HoldCommit.of(HoldReference.of(hold.key()), key(number));
        Account payee = account(random, hold.account().currency().equals(Scenario.USD));
        commit.posting(Posting.of(payee.path(), hold.account().normalSide(), amount));
        return switch (random.nextInt(3)) {
            case 0 -> commit.keepRest().build();
            case 1 -> commit.releaseRest().build();
            default -> commit.build();
        };
    }

    private Reversal reversal(long number, Random random) {
        long post = target(number, Kind.POST, random(number, 1));
        if (random.nextInt(20) == 0) {
            return Reversal.of(EntryReference.of(key(target(number, Kind.HOLD, random(number, 1)))), key(number));
        }
        Reversal whole = Reversal.of(EntryReference.of(key(post)), key(number));
        List<Posting> postings = ((JournalEntry) command(post, 1)).postings();
        Money first = postings.get(0).amount();
        Money part = Money.ofMinor(
                first.currency(), 1 + random.nextLong(first.minor().longValueExact()));
        return switch (random.nextInt(3)) {
            case 0 -> postings.size() == 2 ? whole.amount(part) : whole;
            case 1 -> whole.postings(List.of(opposite(postings.get(0), part), opposite(postings.get(1), part)));
            default -> whole;
        };
    }

    private static Posting opposite(Posting posting, Money amount) {
        return Posting.of(posting.account().path(), posting.side().opposite(), amount);
    }

    /** Returns the number of an earlier command of a kind, the first draw of the random numbers. */
    private long target(long number, Kind wanted, Random random) {
        long target = number - 1 - random.nextInt(BACK_MAX);
        while (kind(target) != wanted || isDuel(target)) {
            target--;
        }
        return target;
    }

    private static Account account(Random random, boolean inDollars) {
        return random.nextInt(3) == 0
                ? Scenario.OTHERS.get((random.nextBoolean() ? 0 : 2) + (inDollars ? 1 : 0))
                : wallet(random, inDollars);
    }

    private static Account wallet(Random random, boolean inDollars) {
        if (inDollars) {
            return Scenario.WALLETS.get(4 + random.nextInt(2));
        }
        return random.nextInt(5) < 2
                ? Scenario.HOT
                : List.of(1, 2, 3, 6).stream()
                        .map(Scenario.WALLETS::get)
                        .toList()
                        .get(random.nextInt(4));
    }

    private Random random(long number, int variant) {
        return new Random(new SplittableRandom((scenario.seed() * 31 + number) * 31 + variant).nextLong());
    }
}
