package io.holdfast.sandbox.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The simulator's HTTP server: listens on loopback only, and answers as badly as it is told to. */
final class HttpFront {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int BODY_BYTES_MAX = 1 << 20;
    private static final int THREADS_MAX = 64;
    private static final int TOO_LARGE = 413;
    private static final ThreadFactory DAEMONS = task -> {
        Thread thread = new Thread(task, "holdfast-simulator");
        thread.setDaemon(true);
        return thread;
    };

    private final Responder responder;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS_MAX, DAEMONS);
    private final Executor late;
    private @Nullable HttpServer server;
    private int port;

    HttpFront(SimulatorSettings settings, Responder responder) {
        this.responder = responder;
        this.late = CompletableFuture.delayedExecutor(settings.slowBy().toMillis(), TimeUnit.MILLISECONDS, threads);
        this.port = settings.port();
    }

    /** Decides what is answered to a request. */
    interface Responder {
        Answer respond(Request request);
    }

    static ThreadFactory daemons() {
        return DAEMONS;
    }

    /** Listens, from the second time on where it listened before; does nothing if it listens. */
    synchronized void listen() {
        if (server != null) {
            return;
        }
        try {
            HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
            fresh.setExecutor(threads);
            fresh.createContext("/", this::handle);
            fresh.start();
            port = fresh.getAddress().getPort();
            server = fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The simulator cannot listen on port " + port + " of 127.0.0.1: " + e.getMessage()
                            + ". Choose another port, or 0 for a free one",
                    e);
        }
    }

    /** Refuses connections and drops those that are open. */
    synchronized void hangUp() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    synchronized URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port);
    }

    synchronized void close() {
        hangUp();
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
        if (body.length > BODY_BYTES_MAX) {
            send(exchange, Reply.html(TOO_LARGE, "Request Entity Too Large"));
            return;
        }
        Answer answer = responder.respond(requestOf(exchange, new String(body, StandardCharsets.UTF_8)));
        switch (answer.manner()) {
            case WHOLE -> send(exchange, answer.reply());
            case SLOW -> late.execute(() -> sendLate(exchange, answer.reply()));
            case HALF -> sendHalf(exchange, answer.reply());
            case RESET -> exchange.close();
            case NEVER -> {
                // Left open without a thread: the server closes it when the simulator closes.
            }
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = begin(exchange, reply);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static void sendLate(HttpExchange exchange, Reply reply) {
        try {
            send(exchange, reply);
        } catch (IOException e) {
            // The caller did not wait: that is what a slow answer is for.
            exchange.close();
        }
    }

    private static void sendHalf(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = begin(exchange, reply);
        OutputStream out = exchange.getResponseBody();
        out.write(body, 0, body.length / 2);
        out.flush();
    }

    private static byte[] begin(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        return body;
    }

    private static Request requestOf(HttpExchange exchange, String body) {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        URI uri = exchange.getRequestURI();
        String rawQuery = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        return new Request(exchange.getRequestMethod(), uri.getPath(), query(uri), rawQuery, headers, body);
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new HashMap<>();
        String raw = uri.getRawQuery();
        if (raw == null || raw.isEmpty()) {
            return query;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.putIfAbsent(
                    URLDecoder.decode(name, StandardCharsets.UTF_8), URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return query;
    }
}
