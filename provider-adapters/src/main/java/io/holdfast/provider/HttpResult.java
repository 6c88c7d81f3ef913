package io.holdfast.provider;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What became of one request. */
public sealed interface HttpResult {

    /** Returns what the case for this result returns. */
    <T> T match(Cases<T> cases);

    /**
     * One answer for each result.
     *
     * @param <T> what is answered
     */
    interface Cases<T> {

        /** Answers for {@link Answered}. */
        T answered(Answered result);

        /** Answers for {@link NotSent}. */
        T notSent(NotSent result);

        /** Answers for {@link Lost}. */
        T lost(Lost result);
    }

    /**
     * An answer arrived, all of it and in time.
     *
     * @param text the body
     */
    record Answered(int status, HttpHeaders headers, String text) implements HttpResult {

        private static final Duration WAIT_MAX = Duration.ofDays(1);
        private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

        /** Tells whether the status is one of success. */
        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** Tells whether somebody answered with a web page, and so not the provider's interface. */
        public boolean isHtml() {
            return text.stripLeading().startsWith("<")
                    || headers.firstValue("Content-Type")
                            .filter(type -> type.contains("html"))
                            .isPresent();
        }

        /**
         * Returns how long the provider asks us to wait: the first of these headers that says so in seconds or, as {@code
         * Retry-After} may, by a date, which is counted from the answer's own {@code Date}. What is longer than a day is
         * no wait but something else, and is left out.
         */
        public Optional<Duration> wait(String... names) {
            for (String name : names) {
                Optional<Duration> wait = headers.firstValue(name)
                        .map(String::strip)
                        .flatMap(this::duration)
                        .filter(found -> !found.isNegative() && found.compareTo(WAIT_MAX) <= 0);
                if (wait.isPresent()) {
                    return wait;
                }
            }
            return Optional.empty();
        }

        private Optional<Duration> duration(String value) {
            if (SECONDS.matcher(value).matches()) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
            }
            return headers.firstValue("Date")
                    .flatMap(Answered::date)
                    .flatMap(from -> date(value).map(until -> Duration.between(from, until)));
        }

        private static Optional<ZonedDateTime> date(String value) {
            try {
                return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.answered(this);
        }

        /** Names the status; the body holds personal data. */
        @Override
        public String toString() {
            return "HTTP " + status + " (" + text.length() + " characters)";
        }
    }

    /**
     * Nothing of the request's body left, and nothing ever will.
     *
     * @param detail why
     */
    record NotSent(String detail) implements HttpResult {

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.notSent(this);
        }
    }

    /**
     * The request may have arrived; no whole answer did.
     *
     * @param detail what happened
     */
    record Lost(String detail) implements HttpResult {

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.lost(this);
        }
    }
}
