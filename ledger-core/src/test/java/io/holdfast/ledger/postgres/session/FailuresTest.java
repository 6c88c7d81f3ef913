package io.holdfast.ledger.postgres.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;

class FailuresTest {

    @Test
    void the_content_is_at_fault_where_the_database_says_so_or_says_nothing() {
        assertThat(List.of("22003", "23505", "HF001")).allMatch(state -> Failures.isAboutContent(failure(state)));
        assertThat(List.of("40001", "55P03", "57P01", "08006"))
                .noneMatch(state -> Failures.isAboutContent(failure(state)));
        assertThat(Failures.isAboutContent(new IllegalStateException("x"))).isTrue();
    }

    @Test
    void what_is_locked_elsewhere_is_told_from_all_else() {
        assertThat(Failures.isLockedElsewhere(failure("55P03"))).isTrue();
        assertThat(Failures.isLockedElsewhere(failure("55006"))).isFalse();
        assertThat(Failures.isLockedElsewhere(new IllegalStateException("x"))).isFalse();
    }

    private static DataAccessException failure(String sqlState) {
        return new DataAccessException("failed", new SQLException("failed", sqlState));
    }
}
