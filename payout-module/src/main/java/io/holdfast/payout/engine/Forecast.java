package io.holdfast.payout.engine;

import static java.util.stream.Collectors.toSet;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Key;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.RequestResult;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;

/**
 * What would become of requests if they were recorded one after the other, by what wallets have, limits leave and quotes are used. Nothing is
 * locked, so it is what seems to be. Belongs to one thread.
 */
final class Forecast {

    private final Desk desk;
    private final Funds funds;
    private final LimitTally tally;
    private final boolean asks;
    private final Set<String> addresses = new HashSet<>();
    private final Map<UUID, Key> quotes = new HashMap<>();
    private final ZoneId zone;

    Forecast(Desk desk) {
        this.desk = desk;
        this.zone = desk.scribe().zone();
        this.funds = new Funds(desk.stores().accounts());
        this.tally = new LimitTally(desk.settings().limits(), zone);
        this.asks = LimitDesk.asks(desk.settings().limits());
    }

    /** Reads what these payouts depend on and is not known yet; returns the wallets that there are. */
    Set<Account> look(DSLContext db, Collection<Intent> intents, Instant now) {
        if (asks) {
            lookAtUsage(db, intents);
            lookAtEarlier(db, intents, now);
        }
        return funds.look(db, intents.stream().map(Intent::wallet).collect(toSet()), now);
    }

    /** Takes a payout down in thought; returns why it would not be, if it would not. */
    Optional<RequestResult.NotRequested> take(Intent intent) {
        Optional<RequestResult.NotRequested> used = intent.quote().flatMap(this::used);
        if (used.isPresent()) {
            return used;
        }
        Optional<RequestResult.NotRequested> refused = refusal(intent);
        if (refused.isEmpty()) {
            intent.quote().ifPresent(quote -> quotes.put(quote, intent.key()));
        }
        return refused;
    }

    private Optional<RequestResult.NotRequested> used(UUID quote) {
        return Optional.ofNullable(quotes.get(quote))
                .map(user -> new RequestResult.Refused(new PayoutRefusal.QuoteUsed(quote, user)));
    }

    private Optional<RequestResult.NotRequested> refusal(Intent intent) {
        if (asks) {
            Optional<RequestResult.NotRequested> beyond = tally.refusal(intent).map(RequestResult.Refused::new);
            if (beyond.isPresent()) {
                return beyond;
            }
        }
        Optional<RequestResult.NotRequested> lacking =
                funds.take(intent.wallet(), intent.total()).map(RequestResult.RefusedByLedger::new);
        if (asks && lacking.isEmpty()) {
            tally.add(intent);
            tally.note(intent);
        }
        return lacking;
    }

    private void lookAtUsage(DSLContext db, Collection<Intent> intents) {
        Map<Counting.Row, Usage> nothing = new HashMap<>();
        intents.stream()
                .flatMap(intent -> Counting.of(intent, zone).stream())
                .filter(counting -> !tally.knows(counting.row()))
                .forEach(counting -> nothing.put(counting.row(), Usage.nothing(counting.row(), counting.day())));
        UsageStore usage = desk.stores().usage();
        if (usage.seemsCounted(db)) {
            tally.begin(usage.read(db, nothing.keySet()));
        } else {
            // The first that are recorded will have the month counted; until then the payouts themselves say it.
            nothing.keySet().stream()
                    .map(Counting.Row::month)
                    .distinct()
                    .forEach(month -> tally.begin(usage.uncounted(db, zone, month)));
        }
        tally.begin(nothing);
    }

    private void lookAtEarlier(DSLContext db, Collection<Intent> intents, Instant now) {
        desk.settings().limits().duplicatesWithin().ifPresent(within -> {
            Set<String> unknown = intents.stream()
                    .map(intent -> intent.recipient().address())
                    .filter(addresses::add)
                    .collect(toSet());
            tally.note(desk.stores().usage().since(db, unknown, now.minus(within)));
        });
    }
}
