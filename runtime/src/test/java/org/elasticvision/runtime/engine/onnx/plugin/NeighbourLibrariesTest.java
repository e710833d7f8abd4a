package org.elasticvision.runtime.engine.onnx.plugin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** As in the wheel of TensorRT-RTX 0.5.0. */
class NeighbourLibrariesTest {
    @Test
    void filesWithLongerVersions(@TempDir Path folder) {
        Path cudart = folder.resolve("libcudart.so.13.4.36");
        Path rtx = folder.resolve("libtensorrt_rtx.so.1.7.1");
        Path exact = folder.resolve("libopenvino.so.2641");
        List<Path> files = List.of(cudart, exact, rtx, folder.resolve("libopenvino.so.2641.1"));
        assertThat(NeighbourLibraries.standIn("libcudart.so.13", files)).contains(cudart);
        assertThat(NeighbourLibraries.standIn("libtensorrt_rtx.so.1", files)).contains(rtx);
        assertThat(NeighbourLibraries.standIn("libcudart.so.1", files)).isEmpty();
        assertThat(NeighbourLibraries.standIn("libopenvino.so.2641", files)).isEmpty(); // is found by itself
        assertThat(NeighbourLibraries.standIn("libcuda.so.1", files)).isEmpty();
    }

    @Test
    void whatIsNotALibraryIsLeftToTheLoader(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("libacme.so"), "text");
        assertThatCode(() -> NeighbourLibraries.load(file)).doesNotThrowAnyException();
        assertThatCode(() -> NeighbourLibraries.load(folder.resolve("none").resolve("libacme.so")))
                .doesNotThrowAnyException();
    }
}
