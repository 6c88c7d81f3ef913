package io.holdfast.payout.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class TasksTest {

    @Test
    void a_checked_exception_of_a_task_arrives_as_the_cause_of_what_is_thrown() {
        IOException defect = new IOException("disk full");
        Tasks tasks = new Tasks(Runnable::run, 1);
        tasks.start(() -> {
            throw TasksTest.<RuntimeException>sneaky(defect);
        });

        assertThatThrownBy(tasks::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("disk full")
                .hasCause(defect);
    }

    /** Throws anything, as code may that is compiled without a check for what it throws. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException sneaky(Throwable defect) throws T {
        throw (T) defect;
    }
}
