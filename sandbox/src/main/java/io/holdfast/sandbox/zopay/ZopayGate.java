package io.holdfast.sandbox.zopay;

import io.holdfast.sandbox.simulator.HmacSha256;
import io.holdfast.sandbox.simulator.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Lets in what is signed as the guide says. Used by one thread at a time. */
final class ZopayGate {

    private static final Duration SKEW_MAX = Duration.ofMinutes(5);
    private static final Duration NONCE_KEPT = Duration.ofMinutes(10);
    private static final String SECONDS = "\\d{1,11}";
    private static final String NONCE = "[A-Za-z0-9-]{8,64}";
    private static final String VERSION = "1.0";

    private final ZopaySettings account;
    private final Clock clock;
    private final Map<String, Instant> nonces = new HashMap<>();
    private String apiKey;

    ZopayGate(ZopaySettings account, Clock clock) {
        this.account = account;
        this.clock = clock;
        this.apiKey = account.apiKey();
    }

    void rotateKey(String key) {
        apiKey = key;
    }

    /** Refuses a request in Zopay's words if anything about it is not as the guide says. */
    void check(Request request) {
        if (!header(request, "key").equals(apiKey)) {
            throw ZopayErrors.unauthorized("Merchant not found");
        }
        String timestamp = header(request, "timestamp");
        if (!timestamp.matches(SECONDS)) {
            throw ZopayErrors.unauthorized("Invalid timestamp");
        }
        Instant now = clock.instant();
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now);
        if (age.abs().compareTo(SKEW_MAX) > 0) {
            throw ZopayErrors.unauthorized("Request too old");
        }
        if (!header(request, "version").equals(VERSION)) {
            throw ZopayErrors.unauthorized("Unsupported version");
        }
        if (!header(request, "origin").equals(account.origin())) {
            throw ZopayErrors.unauthorized("Origin not allowed");
        }
        String nonce = header(request, "nonce");
        if (!nonce.matches(NONCE)) {
            throw ZopayErrors.unauthorized("Invalid nonce");
        }
        String expected = sign(account.secret(), request, timestamp, nonce, account.origin());
        if (!MessageDigest.isEqual(bytes(expected), bytes(header(request, "signature")))) {
            throw ZopayErrors.unauthorized("Invalid signature");
        }
        nonces.values().removeIf(seen -> seen.plus(NONCE_KEPT).isBefore(now));
        if (nonces.putIfAbsent(nonce, now) != null) {
            throw ZopayErrors.unauthorized("Nonce already used");
        }
    }

    /** Returns the signature of METHOD, PATH, sorted query, body, time, nonce and origin, nothing between them. */
    static String sign(String secret, Request request, String timestamp, String nonce, String origin) {
        String query = Arrays.stream(request.rawQuery().split("&", -1)).sorted().collect(Collectors.joining("&"));
        return HmacSha256.hex(
                secret, request.method() + request.path() + query + request.body() + timestamp + nonce + origin);
    }

    private String header(Request request, String name) {
        return request.header(account.headerPrefix() + name).orElse("");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
