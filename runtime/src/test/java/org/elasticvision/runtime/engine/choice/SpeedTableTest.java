package org.elasticvision.runtime.engine.choice;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SpeedTableTest {
    private static final SpeedTable TABLE = SpeedTable.parse(
            """
            # a remark
            avx2\tfp32\tother\t0.91\tOld
            avx2\tint8\tresnext\t0.92\tOld
            avx512_core_vnni\tint8\tresnext\t1.30\tFirst
            avx512_core_vnni\tint8\tresnext\t1.20\tSecond
            avx512_core_vnni\tint8\tresnext_elastic\t1.40\tFirst
            avx512_core_vnni\tint8\tother\t1.05\tFirst
            avx512_core_bf16\tbf16\tother\t0.60\tIntel(R) Xeon(R) Processor
            avx512_core_bf16\tbf16\tother\t1.90\tAMD EPYC
            avx512_core_bf16\tbf16\tother\t1.80\tAMD EPYC 9555
            """);

    private static Optional<Double> find(InstructionLevel level, String precision, String network, String processor) {
        return TABLE.find(level, ModelKind.of(precision, network), Optional.ofNullable(processor))
                .map(Measurement::ratio);
    }

    @ParameterizedTest
    @CsvSource({
        "int8, resnext50, First, 1.30", // of this very processor
        "int8, resnext101, Third, 1.20", // of several the one that favours it least
        "int8, resnext50,, 1.20",
        "int8, resnext50_elastic, Third, 1.40",
        "int8, dla60x_elastic, First, 1.05", // of other networks
        "int8, mine, First, 1.05",
        "bf16, mine, AMD EPYC, 1.90",
        "bf16, mine, AMD Ryzen 9 9950X, 1.80", // of the same maker
        "bf16, mine, Intel(R) Xeon(R) 6, 0.60",
        "bf16, mine, Third, 0.60",
        "fp32, resnext50, First, 0.91" // of a lower level
    })
    void takesTheNearestRow(String precision, String network, String processor, double ratio) {
        assertThat(find(InstructionLevel.AVX512_CORE_AMX, precision, network, processor))
                .contains(ratio);
    }

    @Test
    void knowsNothingOfWhatWasNotMeasured() {
        assertThat(find(InstructionLevel.AVX512_CORE_AMX, "fp16", "resnext50", "First"))
                .isEmpty();
        assertThat(find(InstructionLevel.AVX512_CORE, "int8", "resnext50", "First"))
                .contains(0.92);
        assertThat(find(InstructionLevel.AVX512_CORE, "int8", "dla60x", "First"))
                .isEmpty();
    }

    @Test
    void fiveHundredthsAreNotWorthIt() {
        assertThat(TABLE.rows().stream().filter(Measurement::favoursOneDnn).map(Measurement::ratio))
                .containsExactly(1.30, 1.20, 1.40, 1.90, 1.80);
        assertThat(TABLE.favouring(InstructionLevel.AVX512_CORE_VNNI, "int8", Optional.empty()))
                .containsExactly("resnext", "resnext_elastic");
        assertThat(SpeedTable.parse("avx2\tfp32\tother\t1.06\tA")
                        .favouring(InstructionLevel.AVX2, "fp32", Optional.empty()))
                .containsExactly("all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "avx2\tfp32\tother\t1.1",
                "avx3\tfp32\tother\t1.1\tA",
                "avx2\tfp8\tother\t1.1\tA",
                "avx2\tfp32\tvgg\t1.1\tA",
                "avx2\tfp32\tother\tfast\tA",
                "avx2\tfp32\tother\t-1\tA"
            })
    void refusesWhatIsNoRow(String line) {
        assertThatThrownBy(() -> SpeedTable.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thatOfTheLibraryIsSound() {
        assertThat(SpeedTable.load().rows())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.processor()).isNotBlank())
                .extracting(Measurement::toString)
                .doesNotHaveDuplicates();
    }
}
