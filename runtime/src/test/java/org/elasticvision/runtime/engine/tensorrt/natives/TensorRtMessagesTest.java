package org.elasticvision.runtime.engine.tensorrt.natives;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What TensorRT says ends in one line. */
class TensorRtMessagesTest {
    private final TensorRtMessages messages = new TensorRtMessages();

    @Test
    void errorsInTheirOrderInOneLine() {
        messages.error("first\n  cause ");
        messages.error(null);
        messages.error("then this");
        assertThat(messages.errors()).containsExactly("first cause", "an error without a message", "then this");
        assertThat(messages.summary()).isEqualTo("first cause; an error without a message; then this");
        messages.clear();
        assertThat(messages.errors()).isEmpty();
        assertThat(messages.summary()).isEqualTo("it does not say why");
    }

    @Test
    void howeverMuchIsSaidTheFirstIsKeptAndTheLineIsShort() {
        for (int i = 0; i < 10_000; i++) {
            messages.error("error " + i + " " + "x".repeat(100));
        }
        assertThat(messages.errors()).hasSize(20);
        assertThat(messages.summary()).startsWith("error 0 x").hasSize(300).endsWith("...");
    }

    @Test
    void warningsAreNoErrors() {
        messages.warning("a warning");
        assertThat(messages.errors()).isEmpty();
        messages.lost();
        assertThat(messages.summary()).isEqualTo("its message was lost");
    }
}
