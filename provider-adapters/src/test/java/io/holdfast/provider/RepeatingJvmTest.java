package io.holdfast.provider;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Changes what holds for the whole JVM, so it runs while nothing else does. */
@Isolated
class RepeatingJvmTest {

    @Test
    void a_jvm_that_repeats_requests_on_its_own_is_refused() {
        System.setProperty("jdk.httpclient.enableAllMethodRetry", "");
        try {
            assertThatIllegalStateException()
                    .isThrownBy(() -> new BoundedHttp(URI.create("https://api.example.com"), Duration.ofSeconds(2)))
                    .withMessageContaining("jdk.httpclient.enableAllMethodRetry");
        } finally {
            System.clearProperty("jdk.httpclient.enableAllMethodRetry");
        }
    }
}
