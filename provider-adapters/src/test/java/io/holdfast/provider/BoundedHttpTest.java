package io.holdfast.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.payout.spi.CreateRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedHttpTest {

    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final HttpCall CREATE = HttpCall.of(CreateRequest.post("/pay", "{\"amount\":5000}"));

    @Test
    void a_whole_answer_is_handed_over_and_the_bytes_of_the_create_are_those_given() {
        try (StubServer server = new StubServer().answers(201, "{\"ok\":true}", Map.of("Retry-After", "7"))) {
            HttpResult result = new BoundedHttp(server.url(), BOUND).exchange(CREATE.header("X-Key", "k1"));

            assertThat(result).isInstanceOfSatisfying(HttpResult.Answered.class, answer -> {
                assertThat(answer.status()).isEqualTo(201);
                assertThat(answer.text()).isEqualTo("{\"ok\":true}");
                assertThat(answer.wait("X-Reset", "Retry-After")).contains(Duration.ofSeconds(7));
            });
            assertThat(server.asked()).singleElement().satisfies(asked -> {
                assertThat(asked.method() + asked.path() + asked.body()).isEqualTo("POST/pay{\"amount\":5000}");
                assertThat(asked.header("X-Key")).contains("k1");
            });
        }
    }

    @Test
    void a_refused_connection_is_proof_that_nothing_was_sent() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }

        HttpResult result = new BoundedHttp(URI.create("http://127.0.0.1:" + closed), BOUND).exchange(CREATE);

        assertThat(result).isInstanceOf(HttpResult.NotSent.class);
    }

    @Test
    void a_host_without_an_address_is_proof_that_nothing_was_sent() {
        HttpResult result =
                new BoundedHttp(URI.create("https://api.snippe.invalid"), Duration.ofSeconds(20)).exchange(CREATE);

        assertThat(result).isInstanceOf(HttpResult.NotSent.class);
    }

    @Test
    void a_tls_handshake_that_fails_is_proof_that_nothing_was_sent() throws Exception {
        try (RawServer server = new RawServer(socket -> {
            byte[] buffer = new byte[16 * 1024];
            int hello = socket.getInputStream().read(buffer);
            socket.getOutputStream().write("this is not TLS, this is not TLS".getBytes(UTF_8));
            socket.getOutputStream().flush();
            // The client hangs up first: what it has seen by then is no TLS, and not a lost connection.
            while (hello >= 0) {
                hello = socket.getInputStream().read(buffer);
            }
        })) {
            HttpResult result =
                    new BoundedHttp(URI.create("https://127.0.0.1:" + server.port()), BOUND).exchange(CREATE);

            assertThat(result).isInstanceOf(HttpResult.NotSent.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"half\":",
                "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhalf-\r\n"
            })
    void an_answer_that_never_ends_is_given_up_within_the_bound(String beginning) throws Exception {
        try (RawServer server = new RawServer(socket -> {
            RawServer.readRequest(socket);
            socket.getOutputStream().write(beginning.getBytes(UTF_8));
            socket.getInputStream().read();
        })) {
            long start = System.nanoTime();
            HttpResult result = new BoundedHttp(server.url(), BOUND).exchange(CREATE);

            assertThat(result)
                    .isInstanceOfSatisfying(
                            HttpResult.Lost.class,
                            lost -> assertThat(lost.detail()).isEqualTo("POST /pay: no whole answer within 2 seconds"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(BOUND, BOUND.plusSeconds(2));
        }
    }

    @Test
    void an_answer_that_drips_is_given_up_within_the_bound() throws Exception {
        try (RawServer server = new RawServer(socket -> {
            RawServer.readRequest(socket);
            socket.getOutputStream().write("HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n".getBytes(UTF_8));
            for (int i = 0; i < 100; i++) {
                socket.getOutputStream().write(' ');
                Thread.sleep(100);
            }
        })) {
            HttpResult result = new BoundedHttp(server.url(), BOUND).exchange(CREATE);

            assertThat(result).isInstanceOf(HttpResult.Lost.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"half\":", "no HTTP at all\r\n\r\n"})
    void a_connection_that_breaks_after_the_request_proves_nothing_and_the_create_left_once(String answer)
            throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (RawServer server = new RawServer(socket -> {
            RawServer.readRequest(socket);
            requests.incrementAndGet();
            socket.getOutputStream().write(answer.getBytes(UTF_8));
        })) {
            HttpResult result = new BoundedHttp(server.url(), BOUND).exchange(CREATE);

            assertThat(result).isInstanceOf(HttpResult.Lost.class);
            assertThat(requests).hasValue(1);
        }
    }

    @Test
    void a_pooled_connection_that_is_gone_does_not_make_the_create_leave_twice() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (RawServer server = new RawServer(socket -> {
            RawServer.readRequest(socket);
            requests.incrementAndGet();
            socket.getOutputStream().write("HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}".getBytes(UTF_8));
            RawServer.readRequest(socket);
            requests.incrementAndGet();
        })) {
            BoundedHttp http = new BoundedHttp(server.url(), BOUND);

            assertThat(http.exchange(CREATE)).isInstanceOf(HttpResult.Answered.class);
            assertThat(http.exchange(CREATE)).isInstanceOf(HttpResult.Lost.class);
            assertThat(requests).hasValue(2);
        }
    }

    @Test
    void a_redirect_is_handed_over_and_not_followed() {
        try (StubServer server = new StubServer()
                .answers(307, "", Map.of("Location", "/elsewhere"))
                .answers(201, "{}")) {
            HttpResult result = new BoundedHttp(server.url(), BOUND).exchange(CREATE);

            assertThat(result)
                    .isInstanceOfSatisfying(
                            HttpResult.Answered.class,
                            answer -> assertThat(answer.status()).isEqualTo(307));
            assertThat(server.asked()).hasSize(1);
        }
    }

    @Test
    void an_answer_beyond_all_measure_proves_nothing() {
        try (StubServer server = new StubServer().answers(201, " ".repeat(BoundedHttp.ANSWER_BYTES_MAX) + "{}")) {
            HttpResult result = new BoundedHttp(server.url(), BOUND).exchange(CREATE);

            assertThat(result).isInstanceOf(HttpResult.Lost.class);
        }
    }

    @Test
    void an_interrupted_wait_proves_nothing_and_leaves_the_thread_interrupted() throws Exception {
        try (RawServer server = new RawServer(socket -> socket.getInputStream().readAllBytes())) {
            BoundedHttp http = new BoundedHttp(server.url(), Duration.ofSeconds(30));
            CompletableFuture<String> told = new CompletableFuture<>();
            Thread waiting = new Thread(() -> {
                String result = http.exchange(CREATE).getClass().getSimpleName();
                told.complete(result + " " + Thread.currentThread().isInterrupted());
            });

            waiting.start();
            Thread.sleep(300);
            waiting.interrupt();

            assertThat(told.get()).isEqualTo("Lost true");
        }
    }

    @Test
    void credentials_are_sent_over_https_only_except_on_this_machine() {
        BoundedHttp.checkUrl("URL", URI.create("https://api.example.com/base"));
        BoundedHttp.checkUrl("URL", URI.create("http://localhost:9001"));

        for (String url : List.of(
                "http://api.example.com",
                "ftp://api.example.com",
                "api.example.com",
                "http://api.example.com/pass",
                "https://user:pass@api.example.com",
                "https://user:pass@api_of.example.com",
                "https://api.example.com?x=1",
                "https://api.example.com#x")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BoundedHttp.checkUrl("URL", URI.create(url)))
                    .withMessageNotContaining("pass");
        }
    }

    @Test
    void a_body_leaves_once_and_not_at_all_once_it_is_sealed() {
        SentOnce sent = new SentOnce(new byte[] {1, 2, 3});
        SentOnce sealed = new SentOnce(new byte[] {1, 2, 3});

        assertThat(received(sent)).containsExactly("3 bytes", "complete");
        assertThat(received(sent)).containsExactly("error");
        assertThat(sent.seal()).isFalse();
        assertThat(sealed.seal()).isTrue();
        assertThat(received(sealed)).containsExactly("error");
    }

    private static List<String> received(SentOnce body) {
        List<String> received = new ArrayList<>();
        body.subscribe(new Flow.Subscriber<ByteBuffer>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(1);
            }

            @Override
            public void onNext(ByteBuffer bytes) {
                received.add(bytes.remaining() + " bytes");
            }

            @Override
            public void onError(Throwable failure) {
                received.add("error");
            }

            @Override
            public void onComplete() {
                received.add("complete");
            }
        });
        return received;
    }

    /** A server that does with each connection what it is told, then closes it. */
    private static final class RawServer implements AutoCloseable {

        private interface Behaviour {
            void with(Socket socket) throws IOException, InterruptedException;
        }

        private final ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

        private RawServer(Behaviour behaviour) throws IOException {
            Thread thread = new Thread(() -> {
                while (!listening.isClosed()) {
                    try (Socket socket = listening.accept()) {
                        behaviour.with(socket);
                    } catch (IOException | InterruptedException e) {
                        // The client went away or the test is over.
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        private int port() {
            return listening.getLocalPort();
        }

        private URI url() {
            return URI.create("http://127.0.0.1:" + port());
        }

        private static void readRequest(Socket socket) throws IOException {
            InputStream in = socket.getInputStream();
            StringBuilder request = new StringBuilder();
            while (!request.toString().endsWith("{\"amount\":5000}")) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("the client went away");
                }
                request.append((char) next);
            }
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }
}
