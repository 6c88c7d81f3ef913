package io.holdfast.provider;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback that gives the answers it was told to, in order, and remembers what it was asked. */
public final class StubServer implements AutoCloseable {

    /** What it was asked. */
    public record Asked(String method, String path, Map<String, List<String>> headers, String body) {

        /** Returns a header's value. */
        public Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst();
        }
    }

    private record Scripted(int status, Map<String, String> headers, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Deque<Scripted> scripted = new ArrayDeque<>();
    private final List<Asked> asked = new ArrayList<>();

    /** Starts on a free port. */
    public StubServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Scripted answer;
            synchronized (this) {
                asked.add(new Asked(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        Map.copyOf(exchange.getRequestHeaders()),
                        body));
                answer = scripted.isEmpty() ? new Scripted(599, Map.of(), "nothing scripted") : scripted.poll();
            }
            answer.headers().forEach(exchange.getResponseHeaders()::add);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    /** Returns where it listens. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Lets it answer once more. */
    public synchronized StubServer answers(int status, String body) {
        return answers(status, body, Map.of("Content-Type", "application/json"));
    }

    /** Lets it answer once more. */
    public synchronized StubServer answers(int status, String body, Map<String, String> headers) {
        scripted.add(new Scripted(status, headers, body));
        return this;
    }

    /** Returns what it was asked so far. */
    public synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
