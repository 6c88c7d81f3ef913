package io.holdfast.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpResultTest {

    @Test
    void a_wait_is_given_in_seconds_or_by_a_date_counted_from_the_answers_own() {
        assertThat(wait(Map.of("Retry-After", "30"))).contains(Duration.ofSeconds(30));
        assertThat(wait(Map.of("Retry-After", "0"))).contains(Duration.ZERO);
        assertThat(wait(Map.of(
                        "Retry-After", "Sun, 25 Jan 2026 01:07:00 GMT", "Date", "Sun, 25 Jan 2026 01:06:15 GMT")))
                .contains(Duration.ofSeconds(45));
    }

    @Test
    void what_is_no_sensible_wait_is_left_out() {
        for (String value : List.of("-1", "soon", "86401", "1769303200", "Sun, 25 Jan 2026 01:07:00 GMT", "")) {
            assertThat(wait(Map.of("Retry-After", value))).as(value).isEmpty();
        }
        assertThat(wait(Map.of(
                        "Retry-After", "Sun, 25 Jan 2026 01:06:00 GMT", "Date", "Sun, 25 Jan 2026 01:06:15 GMT")))
                .as("the past")
                .isEmpty();
    }

    @Test
    void an_answer_shows_its_size_only() {
        assertThat(answer(Map.of("Set-Cookie", "secret")).toString()).isEqualTo("HTTP 429 (4 characters)");
    }

    private static Optional<Duration> wait(Map<String, String> headers) {
        return answer(headers).wait("Retry-After");
    }

    private static HttpResult.Answered answer(Map<String, String> headers) {
        Map<String, List<String>> lists = new HashMap<>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        return new HttpResult.Answered(429, HttpHeaders.of(lists, (name, value) -> true), "body");
    }
}
