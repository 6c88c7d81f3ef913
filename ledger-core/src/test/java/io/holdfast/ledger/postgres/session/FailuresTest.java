package io.holdfast.ledger.postgres.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;

class FailuresTest {

    @Test
    void what_one_of_a_group_is_at_fault_for_does_not_fail_the_others() {
        assertThat(List.of("22003", "23505", "HF001"))
                .allMatch(state -> Failures.isOfOne(failure(state)) && Failures.isAboutContent(failure(state)));
        assertThat(List.of("40001", "57P01", "08006"))
                .noneMatch(state -> Failures.isOfOne(failure(state)) || Failures.isAboutContent(failure(state)));
        assertThat(Failures.isOfOne(new IllegalStateException("x"))).isTrue();
    }

    @Test
    void what_somebody_else_has_locked_is_of_one_and_may_be_tried_again() {
        assertThat(Failures.isOfOne(failure("55P03"))).isTrue();
        assertThat(Failures.isAboutContent(failure("55P03"))).isFalse();
    }

    private static DataAccessException failure(String sqlState) {
        return new DataAccessException("failed", new SQLException("failed", sqlState));
    }
}
