package org.elasticvision.runtime.gpu;

import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.gpu.SharedLibrary.Presence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The table, as readelf and ci/cuda-closure.sh found it. */
class GpuLibrariesTest {
    private static SharedLibrary found(String file) {
        return new SharedLibrary(file, Presence.LOADS, "");
    }

    private static SharedLibrary missing(String file) {
        return new SharedLibrary(file, Presence.MISSING, "");
    }

    private static List<String> files(GpuPart part, boolean late) {
        return GpuLibraries.of(part).stream()
                .filter(library -> library.isLate() == late)
                .map(GpuLibrary::fileName)
                .toList();
    }

    @Test
    void whatEachPartIsLinkedTo() {
        assertThat(files(GpuPart.GPUS, false)).containsExactly("libcudart.so.13");
        assertThat(files(GpuPart.ONNXRUNTIME_12, false))
                .containsExactly("libcudart.so.12", "libcublasLt.so.12", "libcublas.so.12", "libcurand.so.10");
        assertThat(files(GpuPart.ONNXRUNTIME_13, false))
                .containsExactly("libcudart.so.13", "libcublasLt.so.13", "libcublas.so.13", "libcurand.so.10");
        assertThat(files(GpuPart.ONNXRUNTIME_12, true)).containsExactly("libnvrtc.so.12", "libcudnn.so.9");
        assertThat(files(GpuPart.ONNXRUNTIME_TENSORRT, false))
                .containsExactly("libnvinfer.so.10", "libnvonnxparser.so.10");
        assertThat(files(GpuPart.LIBTORCH, false))
                .containsExactly(
                        "libcudart.so.13",
                        "libcupti.so.13",
                        "libcublasLt.so.13",
                        "libcublas.so.13",
                        "libcurand.so.10",
                        "libcufft.so.12",
                        "libcusparse.so.12",
                        "libcufile.so.0",
                        "libcudnn.so.9",
                        "libnccl.so.2");
        assertThat(files(GpuPart.TENSORRT, false)).endsWith("libnvinfer.so.10").contains("libnvrtc.so.13");
    }

    /** cuRAND and cuDNN have one name for both versions of CUDA; what brings them differs. */
    @Test
    void oneNameTwoPackages() {
        assertThat(GpuLibraries.of(GpuPart.ONNXRUNTIME_12))
                .extracting(GpuLibrary::wheel)
                .allMatch(wheel -> wheel.contains("-cu12=="));
        assertThat(GpuLibraries.of(GpuPart.ONNXRUNTIME_13))
                .extracting(GpuLibrary::wheel)
                .noneMatch(wheel -> wheel.contains("-cu12"));
    }

    @ParameterizedTest
    @EnumSource(GpuPart.class)
    void everyLineSaysWhatBringsIt(GpuPart part) {
        assertThat(GpuLibraries.of(part)).isNotEmpty().allSatisfy(library -> {
            assertThat(library.fileName()).matches("lib\\w+\\.so\\.\\d+");
            assertThat(library.wheel()).matches("[a-z0-9-]+==[\\d.]+\\*?");
            assertThat(library.nvidiaPackage()).matches("[a-z0-9-]+(=[\\w.+-]+)?");
        });
    }

    @Test
    void theFirstThatIsMissingIsNamedAndTheRestIsNotLoaded() {
        List<String> asked = new ArrayList<>();
        MissingLibrary missing = GpuLibraries.firstMissing(GpuLibraries.of(GpuPart.LIBTORCH), file -> {
                    asked.add(file);
                    return file.equals("libcupti.so.13") ? missing(file) : found(file);
                })
                .orElseThrow();
        assertThat(missing.problem()).isEqualTo("libcupti.so.13 is not found");
        assertThat(missing.library().wheel()).isEqualTo("nvidia-cuda-cupti==13.*");
        assertThat(missing.library().nvidiaPackage()).isEqualTo("cuda-cupti-13-1");
        assertThat(asked).containsExactly("libcudart.so.13", "libcupti.so.13");
    }

    @Test
    void allThereOrNotLookedFor() {
        assertThat(GpuLibraries.firstMissing(GpuLibraries.of(GpuPart.LIBTORCH), GpuLibrariesTest::found))
                .isEmpty();
        assertThat(GpuLibraries.firstMissing(
                        GpuLibraries.of(GpuPart.LIBTORCH), file -> new SharedLibrary(file, Presence.NOT_ASKED, "")))
                .isEmpty();
    }

    @Test
    void aDamagedOneSaysHow() {
        assertThat(GpuLibraries.firstMissing(
                        GpuLibraries.of(GpuPart.GPUS),
                        file -> new SharedLibrary(file, Presence.BROKEN, file + ": wrong ELF class: ELFCLASS32")))
                .hasValueSatisfying(missing -> assertThat(missing.toString())
                        .startsWith("libcudart.so.13 does not load (libcudart.so.13: wrong ELF class: ELFCLASS32);"
                                + " install CUDA 13's runtime"));
    }

    @ParameterizedTest
    @CsvSource({
        // Tesla P100, V100, GTX 1650, A100, RTX 3090, Orin, RTX 4090, H100, B200, B300, Thor, RTX 5090, GB10
        "ONNXRUNTIME_12, 6.0 6.1 7.0 7.5 8.0 8.6 8.7 8.9 9.0 12.0, 5.2 10.0 10.3 11.0 12.1",
        "ONNXRUNTIME_13, 7.5 8.0 8.6 8.7 8.9 9.0 12.0, 6.0 7.0 10.0 10.3 11.0 12.1",
        "LIBTORCH, 7.5 8.0 8.6 8.7 8.9 9.0 10.0 10.3 12.0 12.1, 6.0 7.0 11.0",
        "TENSORRT, 7.5 8.0 8.6 8.7 8.9 9.0 10.0 10.3 11.0 12.0 12.1, 6.0 7.0 7.2",
        "GPUS, 3.5 12.0, ''"
    })
    void whichGpusThereIsCodeFor(GpuPart part, String with, String without) {
        assertThat(with.split(" ")).allMatch(capability -> runs(part, capability));
        assertThat(without.split(" "))
                .filteredOn(capability -> !capability.isEmpty())
                .noneMatch(capability -> runs(part, capability));
    }

    private static boolean runs(GpuPart part, String capability) {
        String[] numbers = capability.split("\\.");
        return GpuCode.runs(part, Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }

    @Test
    void thatInWords() {
        assertThat(GpuCode.text(GpuPart.ONNXRUNTIME_13)).isEqualTo("7.5, 8.0, 8.6, 8.9, 9.0, 12.0");
        assertThat(GpuCode.text(GpuPart.TENSORRT)).isEqualTo("7.5 and later");
    }
}
