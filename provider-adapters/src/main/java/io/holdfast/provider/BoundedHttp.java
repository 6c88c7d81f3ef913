package io.holdfast.provider;

import io.holdfast.payout.spi.CreateRequest;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * HTTP with one provider: one exchange per call, all of it within one bound, sent at most once, redirects not followed.
 * Safe for use by any number of threads.
 *
 * <p>It speaks HTTP/1.1, where a request belongs to one connection: a lost connection then means one thing.
 */
public final class BoundedHttp {

    /** Largest answer that is read, in bytes. */
    public static final int ANSWER_BYTES_MAX = 4 * 1024 * 1024;

    private static final String RETRY_PROPERTY = "jdk.httpclient.enableAllMethodRetry";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Duration BOUND_MAX = Duration.ofMinutes(10);

    private final String baseUrl;
    private final Duration bound;
    private final HttpClient client;

    /**
     * Opens nothing yet.
     *
     * @param baseUrl checked by {@link #checkUrl}; a {@code /} at its end does not count
     * @param bound for a whole exchange, from looking up the address to the answer's last byte
     * @throws IllegalArgumentException if the URL or the bound is none that can be used
     * @throws IllegalStateException if the JVM was told to repeat requests on its own, which would pay twice
     */
    public BoundedHttp(URI baseUrl, Duration bound) {
        if (System.getProperty(RETRY_PROPERTY) != null) {
            throw new IllegalStateException("The system property " + RETRY_PROPERTY + " is set: with it the HTTP client"
                    + " repeats a payment's request on its own. Start the JVM without it");
        }
        if (bound.isNegative() || bound.isZero() || bound.compareTo(BOUND_MAX) > 0) {
            throw new IllegalArgumentException(
                    "An exchange bounded by " + bound + ": above zero and at most " + BOUND_MAX + " are possible");
        }
        checkUrl("Base URL", baseUrl);
        this.baseUrl = baseUrl.toString().replaceAll("/+$", "");
        this.bound = bound;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(bound.dividedBy(2))
                .build();
    }

    /**
     * Refuses what is no URL to send credentials to: it has a host, no query, fragment or user, and its scheme is {@code
     * https}; {@code http} is for this very machine only.
     *
     * @throws IllegalArgumentException with the URL's host, if that is one, and the rule
     */
    public static void checkUrl(String what, URI url) {
        String host = url.getHost();
        if (host == null || url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
            // A name that is no host's, such as one with an underscore, may have a user and a password before it.
            String shown = host == null ? ", which names no host," : " \"" + host + "\"";
            throw new IllegalArgumentException(what + shown
                    + " is not scheme, host and path, such as https://api.example.com, without user, query and"
                    + " fragment");
        }
        boolean local = "http".equals(url.getScheme()) && LOOPBACK.contains(host);
        if (!"https".equals(url.getScheme()) && !local) {
            throw new IllegalArgumentException(what + " " + url.getScheme() + "://" + host
                    + " is not https, as it must be for any host but " + "localhost, where nothing leaves the machine");
        }
    }

    /** Returns how long one exchange may take. */
    public Duration bound() {
        return bound;
    }

    /** Sends a request, once, and waits for the whole answer. An interrupted thread stays interrupted. */
    public HttpResult exchange(HttpCall call) {
        SentOnce body = new SentOnce(call.create().map(CreateRequest::body).orElse(new byte[0]));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + call.path()))
                .method(call.method(), call.create().isPresent() ? body : HttpRequest.BodyPublishers.noBody());
        call.headers().forEach(request::header);
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request.build(), head -> new BoundedAnswer(ANSWER_BYTES_MAX));
        try {
            HttpResponse<byte[]> whole = answer.get(bound.toNanos(), TimeUnit.NANOSECONDS);
            return new HttpResult.Answered(
                    whole.statusCode(), whole.headers(), new String(whole.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return unanswered(body, call + ": no whole answer within " + inWords(bound));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return unanswered(body, call + ": interrupted while waiting for the answer");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String detail = call + ": " + cause.getClass().getSimpleName()
                    + (cause.getMessage() == null ? "" : " " + cause.getMessage());
            return failedBeforeTheRequest(cause) && body.seal()
                    ? new HttpResult.NotSent(detail)
                    : unanswered(body, detail);
        }
    }

    /**
     * A create whose body was never asked for has not left, and does not leave after this: nobody can carry it out. Which
     * exception a handshake ends in depends on who is faster, so the body is asked and not the exception.
     */
    private static HttpResult unanswered(SentOnce body, String detail) {
        return body.seal() && body.contentLength() > 0 ? new HttpResult.NotSent(detail) : new HttpResult.Lost(detail);
    }

    /** Returns whole seconds as such, anything else in milliseconds. */
    private static String inWords(Duration span) {
        if (!span.equals(Duration.ofSeconds(span.toSeconds()))) {
            return span.toMillis() + " milliseconds";
        }
        return span.toSeconds() == 1 ? "1 second" : span.toSeconds() + " seconds";
    }

    /** No address, no connection, or no agreement on TLS. */
    private static boolean failedBeforeTheRequest(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof SSLException;
    }
}
