package org.elasticvision.samples.serve.model;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ModelNamesTest {
    @Test
    void areFileNamesWithoutTheirEnding() {
        assertThat(names("a/resnext50.fp16.onnx", "b/dla")).containsExactly("resnext50.fp16", "dla");
    }

    @Test
    void areFoldersForWhatTrainingWrites() {
        assertThat(names("demo/cats/model.onnx")).containsExactly("cats");
    }

    @Test
    void areFoldersWhereFilesHaveOneName() {
        assertThat(names("demo/cats/best.onnx", "demo/dogs/best.onnx", "other.onnx"))
                .containsExactly("cats", "dogs", "other");
    }

    @Test
    void areNumberedWhereFoldersHaveOneNameToo() {
        assertThat(names("x/cats/model.onnx", "y/cats/model.onnx", "cats.onnx"))
                .containsExactly("cats", "cats-2", "cats-3");
    }

    @Test
    void haveUnderscoresForWhatAnAddressCannotCarry() {
        assertThat(names("a b%2fc;d?.onnx", "x\\y\n.onnx")).containsExactly("a b_2fc_d_", "x_y_");
    }

    private static List<String> names(String... files) {
        return ModelNames.of(List.of(files).stream().map(Path::of).toList());
    }
}
