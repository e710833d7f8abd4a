package org.elasticvision.convert.tensorrt.support;

import java.util.List;
import java.util.stream.Stream;
import org.elasticvision.convert.onnx.graph.ElementType;
import org.elasticvision.convert.onnx.graph.OpType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The table says what the published one says. */
class SupportTableTest {
    private final SupportTable table = SupportTable.PUBLISHED;

    @Test
    void ofWhichVersionItIs() {
        assertThat(table.version()).isEqualTo("10.15");
        assertThat(table.firstOpset()).isEqualTo(9);
        assertThat(table.lastOpset()).isEqualTo(24);
        assertThat(table.types()).hasSize(12).doesNotContain(ElementType.UINT4, ElementType.FP8_E5M2);
    }

    @Test
    void hasAsManyOperatorsAsThePublishedOne() {
        assertThat(table.operators()).hasSize(200);
        assertThat(table.operators().stream()
                        .filter(name -> table.operator(name).orElseThrow().isSupported()))
                .hasSize(158);
    }

    @ParameterizedTest
    @EnumSource(OpType.class)
    void hasEveryOperatorOfOurNetworks(OpType op) {
        assertThat(table.operator(op.onnxName()))
                .hasValueSatisfying(support -> assertThat(support.isSupported()).isTrue());
    }

    @ParameterizedTest
    @CsvSource({
        "Conv, FP32 FP16 BF16",
        "DequantizeLinear, INT8 FP8 FP4 INT4",
        "QuantizeLinear, FP32 FP16 BF16",
        "Cast, FP32 FP16 BF16 INT32 INT64 UINT8 BOOL",
        "Expand, FP32 FP16 BF16 INT32 INT64 BOOL",
        "Mean, FP32 FP16 BF16 FP8 INT32 INT64",
        "GridSample, FP32 FP16",
        "STFT, FP32",
        "TensorScatter, FP32 FP16 BF16 INT32",
        "Xor, BOOL"
    })
    void theTypesOfAnOperator(String operator, String types) {
        assertThat(table.operator(operator).orElseThrow().types())
                .containsExactlyInAnyOrderElementsOf(Stream.of(types.split(" ", -1))
                        .map(ElementType::valueOf)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X\tFP32\tinput 0 nonsense", "X\tFP32\tattribute a nonsense", "X\tFP32\tnonsense", "X\tFP33"})
    void aLineThatMeansNothingIsNotSwallowed(String line) {
        assertThatThrownBy(() -> OperatorSupport.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyNameOfAnOnnxTypeIsKnownOnce() {
        List<Integer> known = Stream.iterate(0, i -> i < 40, i -> i + 1)
                .filter(i -> ElementType.of(i).isPresent())
                .toList();
        assertThat(known).hasSameSizeAs(ElementType.values()).startsWith(1, 2).endsWith(26);
    }
}
