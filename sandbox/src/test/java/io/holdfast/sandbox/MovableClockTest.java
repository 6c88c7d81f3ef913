package io.holdfast.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MovableClockTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final MovableClock clock = MovableClock.at(NOON);

    @Test
    void time_stands_still_until_moved() {
        assertThat(clock.instant()).isEqualTo(NOON).isEqualTo(clock.instant());

        assertThat(clock.advance(Duration.ofHours(1))).isEqualTo("2026-01-31T13:00:00Z");
        assertThat(clock.instant()).isEqualTo("2026-01-31T13:00:00Z");

        clock.moveTo(NOON.minusSeconds(1));
        assertThat(clock.instant()).isEqualTo("2026-01-31T11:59:59Z");
    }

    @Test
    void copies_in_other_zones_move_along() {
        MovableClock kampala = clock.withZone(ZoneId.of("Africa/Kampala"));

        clock.advance(Duration.ofDays(1));

        assertThat(kampala.instant()).isEqualTo("2026-02-01T12:00:00Z");
        assertThat(kampala.getZone()).isEqualTo(ZoneId.of("Africa/Kampala"));
    }

    @Test
    void advancing_backwards_is_refused() {
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1S")
                .hasMessageContaining("moveTo");
    }

    @Test
    void no_step_is_lost_between_threads() {
        IntStream.range(0, 10_000).parallel().forEach(step -> clock.advance(Duration.ofMillis(1)));

        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(10));
    }
}
