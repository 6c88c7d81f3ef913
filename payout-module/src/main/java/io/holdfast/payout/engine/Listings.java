package io.holdfast.payout.engine;

import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.UnreadPayout;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads providers' lists to be compared, no faster than the providers take calls, and remembers for a while how far each was
 * read. Safe for use by any number of threads.
 */
final class Listings {

    /** The longest list, in pages. */
    private static final int PAGES_MAX = 1_000;
    /** Of how many lists it is remembered how far they were read. */
    private static final int REMEMBERED_MAX = 10;
    /** For how long what was read is good enough to be compared with what comes after it. */
    private static final Duration REMEMBERED_FOR = Duration.ofHours(1);

    private final Desk desk;
    private final Map<Sought, Begun> soFar = Collections.synchronizedMap(new Oldest());

    Listings(Desk desk) {
        this.desk = desk;
    }

    /** Which list is read. */
    private record Sought(String provider, ListQuestion question) {}

    /** A list of which something is read. */
    private record Begun(ListWalk walk, Instant at) {}

    /** How far a list was read by now. */
    sealed interface Reading {

        /** Returns the answer of the case that this is. */
        <T> T match(Function<Through, T> through, Function<Partly, T> partly, Function<Stopped, T> stopped);
    }

    /**
     * It was read to its end.
     *
     * @param unread what of it cannot be read
     */
    record Through(List<ListedPayout> payouts, List<UnreadPayout> unread) implements Reading {

        @Override
        public <T> T match(Function<Through, T> through, Function<Partly, T> partly, Function<Stopped, T> stopped) {
            return through.apply(this);
        }
    }

    /** So many payouts of it were read; the rest is for when its provider takes calls again. */
    record Partly(int payouts) implements Reading {

        @Override
        public <T> T match(Function<Through, T> through, Function<Partly, T> partly, Function<Stopped, T> stopped) {
            return partly.apply(this);
        }
    }

    /** It is not to be read on just like that. */
    record Stopped(String why) implements Reading {

        @Override
        public <T> T match(Function<Through, T> through, Function<Partly, T> partly, Function<Stopped, T> stopped) {
            return stopped.apply(this);
        }
    }

    /** Reads a list, or goes on reading it, as far as its provider takes calls now. */
    Reading read(Gate gate, ListQuestion question) {
        Sought sought = new Sought(gate.provider().name(), question);
        Instant now = desk.now();
        Begun begun = Optional.ofNullable(soFar.remove(sought))
                .filter(known -> now.isBefore(known.at().plus(REMEMBERED_FOR)))
                .orElseGet(() -> new Begun(ListWalk.within(new ProviderCalls(gate), question), now));
        ListWalk walk = begun.walk();
        ListWalk.Read read = walk.read(() -> walk.pages() < PAGES_MAX && gate.hasRoom(desk.now()));
        if (read.isThrough()) {
            return new Through(read.payouts(), read.unread());
        } else if (walk.pages() >= PAGES_MAX) {
            return new Stopped("its list goes on after " + PAGES_MAX + " pages: ask for what is newer or less");
        }
        soFar.put(sought, begun);
        return walk.trouble()
                .filter(why -> gate.hasRoom(desk.now()))
                .<Reading>map(Stopped::new)
                .orElseGet(() -> new Partly(read.payouts().size()));
    }

    /** Forgets what was put there first. */
    private static final class Oldest extends LinkedHashMap<Sought, Begun> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sought, Begun> eldest) {
            return size() > REMEMBERED_MAX;
        }
    }
}
