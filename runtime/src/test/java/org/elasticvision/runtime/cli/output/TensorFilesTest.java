package org.elasticvision.runtime.cli.output;

import java.nio.file.Path;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.cli.CommandRun;
import org.elasticvision.runtime.io.npy.NpyArray;
import org.elasticvision.runtime.io.npy.NpyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class TensorFilesTest {
    @TempDir
    Path folder;

    @Test
    void aBatchIsRun() {
        float[] input = new float[2 * 48];
        input[0] = 16;
        input[95] = 1.6f;
        NpyFile.writeFloats(folder.resolve("in.npy"), input, 2, 3, 4, 4);
        CommandRun run = run(TestModels.classifier(folder, -1));
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("Wrote [2, 3] to ");
        NpyArray output = NpyFile.read(folder.resolve("out.npy"));
        assertThat(output.shape()).containsExactly(2, 3);
        assertThat(output.toFloats()).containsExactly(9, -1, -1, -1, -1, 0);
    }

    @Test
    void aSingleInputMayLackTheBatchDimension() {
        NpyFile.writeFloats(folder.resolve("in.npy"), new float[3 * 6 * 8], 3, 6, 8);
        assertThat(run(TestModels.segmenter(folder, 1)).exitCode()).isZero();
        assertThat(NpyFile.read(folder.resolve("out.npy")).shape()).containsExactly(1, 3, 6, 8);
    }

    @Test
    void anotherShapeIsRefused() {
        NpyFile.writeFloats(folder.resolve("in.npy"), new float[12], 1, 3, 2, 2);
        CommandRun run = run(TestModels.classifier(folder, 1));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).contains("takes an input of shape [N, 3, 4, 4], not [1, 3, 2, 2]");
        NpyFile.writeFloats(folder.resolve("in.npy"), new float[0], 0, 3, 4, 4);
        assertThat(run(TestModels.classifier(folder, 1)).err()).contains("in.npy: dimension 0");
    }

    @Test
    void theInputIsNotOverwritten() {
        Path file = folder.resolve("in.npy");
        NpyFile.writeFloats(file, new float[48], 1, 3, 4, 4);
        CommandRun run = CommandRun.of(
                "predict", "--tensor", file, "--logits", folder + "/./in.npy", TestModels.classifier(folder, 1));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("is --tensor itself; name another file");
        assertThat(NpyFile.read(file).shape()).containsExactly(1, 3, 4, 4);
    }

    private CommandRun run(Path model) {
        return CommandRun.of(
                "predict", "--tensor", folder.resolve("in.npy"), "--logits", folder.resolve("out.npy"), model);
    }
}
