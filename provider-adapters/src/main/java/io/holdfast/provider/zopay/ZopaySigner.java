package io.holdfast.provider.zopay;

import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.provider.HmacSha256;
import io.holdfast.provider.HttpCall;
import io.holdfast.provider.HttpResult;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Signs requests: each with a time and a nonce of its own, over exactly the bytes that are sent. Where Zopay says that a
 * request is too old, it learns from the answer's {@code Date} how far its own clock is off.
 */
final class ZopaySigner {

    private static final String VERSION = "1.0";
    private static final Duration SKEW_MAX = Duration.ofDays(1);

    private final ZopaySettings settings;
    private final HmacSha256 signature;
    private final AtomicReference<Duration> skew = new AtomicReference<>(Duration.ZERO);

    ZopaySigner(ZopaySettings settings) {
        this.settings = settings;
        this.signature = new HmacSha256(settings.secret());
    }

    /** Returns a call with everything that lets it in now. */
    HttpCall signed(HttpCall call) {
        String timestamp = Long.toString(
                settings.freshness().clock().instant().plus(skew.get()).getEpochSecond());
        String nonce = settings.freshness().nonces().get();
        String prefix = settings.headerPrefix();
        return call.header("Accept", "application/json")
                .header(prefix + "key", settings.apiKey().value())
                .header(prefix + "timestamp", timestamp)
                .header(prefix + "nonce", nonce)
                .header(prefix + "origin", settings.origin())
                .header(prefix + "version", VERSION)
                .header(prefix + "signature", signature(call, timestamp, nonce));
    }

    /** Returns the signature of METHOD, PATH, sorted query, body, time, nonce and origin, nothing between them. */
    private String signature(HttpCall call, String timestamp, String nonce) {
        int question = call.path().indexOf('?');
        String path = question < 0 ? call.path() : call.path().substring(0, question);
        String query = question < 0 ? "" : sorted(call.path().substring(question + 1));
        byte[] body = call.create().map(CreateRequest::body).orElse(new byte[0]);
        return signature.sign(
                (call.method() + path + query).getBytes(StandardCharsets.UTF_8),
                body,
                (timestamp + nonce + settings.origin()).getBytes(StandardCharsets.UTF_8));
    }

    private String sorted(String query) {
        return Arrays.stream(query.split("&"))
                .sorted()
                .map(pair -> settings.signedQuery() == ZopaySettings.SignedQuery.AS_SENT
                        ? pair
                        : URLDecoder.decode(pair, StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Takes Zopay's time from an answer that says that ours is off. */
    void learn(HttpResult.Answered answer) {
        answer.headers().firstValue("Date").ifPresent(date -> {
            try {
                Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                Duration off = Duration.between(settings.freshness().clock().instant(), theirs);
                if (off.abs().compareTo(SKEW_MAX) <= 0) {
                    skew.set(off);
                }
            } catch (DateTimeParseException e) {
                // A date that cannot be read teaches nothing.
                return;
            }
        });
    }
}
