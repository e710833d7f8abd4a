package org.elasticvision.runtime.engine;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.elasticvision.runtime.engine.onednn.network.Quantization;
import org.elasticvision.runtime.engine.plugin.PluginOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Records that write out what Java would make for them. */
class RecordEqualityTest {
    private static void areApart(Object one, Object same, Object... others) {
        assertThat(one)
                .isEqualTo(same)
                .hasSameHashCodeAs(same)
                .isNotEqualTo(null)
                .isNotEqualTo("one");
        assertThat(others).doesNotContain(one);
        assertThat(new HashSet<>(Arrays.asList(others))).hasSize(others.length);
    }

    @Test
    void equalWhereAllTheirPartsAre() {
        areApart(new Provider("cpu"), Provider.CPU, Provider.AUTO, Provider.ONEDNN);
        areApart(
                TensorShape.of(TensorShape.ANY, 3, 8, 8),
                new TensorShape(List.of(-1, 3, 8, 8)),
                TensorShape.of(1, 3, 8, 8),
                TensorShape.of(TensorShape.ANY, 3, 8));
        areApart(
                new Quantization(0.5f, 3, true),
                new Quantization(0.5f, 3, true),
                new Quantization(0.25f, 3, true),
                new Quantization(0.5f, 4, true),
                new Quantization(0.5f, 3, false));
    }

    @Test
    void optionsOfNoPluginAreEmpty() {
        PluginOptions none = PluginOptions.none();
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.withDevice("npu").isEmpty()).isFalse();
        assertThat(none.withOption("a", "b").isEmpty()).isFalse();
        assertThat(none.withLibrary(Path.of("x")).isEmpty()).isFalse();
    }
}
