package org.elasticvision.convert.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.elasticvision.convert.checkpoint.tensor.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Forms that only very old or very new versions of PyTorch write, and reading from many threads. */
class RareFormsTest {
    @TempDir
    Path folder;

    @Test
    void aTensorWithoutAStorageTypeOfItsOwn() throws IOException {
        Pickle pickle = new Pickle()
                .op("}")
                .text("a")
                .global("torch._utils", "_rebuild_tensor_v3")
                .op("((")
                .text("storage")
                .global("torch.storage", "UntypedStorage")
                .text("0")
                .text("cpu")
                .number(4)
                .op("tQ")
                .number(0)
                .tuple(2)
                .tuple(1)
                .op("\u0089}")
                .global("torch", "uint16")
                .op("tRs");
        byte[] storage = {(byte) 0xff, (byte) 0xff, 1, 0};
        try (Checkpoint checkpoint = Checkpoint.open(pickle.zip(path(), true, "archive/data/0", storage))) {
            assertThat(checkpoint.stateDict().get("a").dtype()).isEqualTo(DType.UINT16);
            assertThat(checkpoint.stateDict().get("a").toLongs()).containsExactly(65535, 1);
        }
    }

    @Test
    void aTensorWithAttributes() throws IOException {
        Pickle pickle = new Pickle()
                .op("}")
                .text("a")
                .global("torch._tensor", "_rebuild_from_type_v2")
                .op("(")
                .global("torch._utils", "_rebuild_tensor_v2")
                .global("torch.nn.parameter", "Parameter")
                .op("(")
                .storage("FloatStorage", "0", 4)
                .number(1)
                .tuple(3)
                .tuple(1)
                .op("\u0089}t}tRs");
        try (Checkpoint checkpoint = Checkpoint.open(pickle.legacy(path(), List.of("0"), 4))) {
            assertThat(checkpoint.stateDict().get("a").toFloats()).containsExactly(0, 0, 0);
        }
    }

    @Test
    void aStorageThatIsAViewOfAnother() throws IOException {
        Pickle pickle = new Pickle()
                .op("}")
                .text("a")
                .global("torch._utils", "_rebuild_tensor")
                .op("((")
                .text("storage")
                .global("torch.cuda", "FloatStorage")
                .text("0")
                .text("cuda:0")
                .number(4)
                .op("(")
                .text("1")
                .number(2)
                .number(2)
                .op("ttQ")
                .number(0)
                .tuple(2)
                .tuple(1)
                .op("tRs");
        try (Checkpoint checkpoint = Checkpoint.open(pickle.legacy(path(), List.of("0"), 4))) {
            assertThat(checkpoint.stateDict().get("a").toFloats()).containsExactly(0, 0);
        }
    }

    @Test
    void anOrderedDictWithMetadata() throws IOException {
        Pickle pickle = new Pickle()
                .global("collections", "OrderedDict")
                .op(")R(")
                .text("module.a")
                .tensor("0", 4, 0, new long[] {4}, new long[] {1})
                .op("u}")
                .text("_metadata")
                .op("}sb");
        try (Checkpoint checkpoint = Checkpoint.open(pickle.legacy(path(), List.of("0"), 4))) {
            assertThat(checkpoint.stateDict().names()).containsExactly("a");
        }
    }

    @Test
    void thePrefixGoesOnlyIfAllTensorsHaveIt() throws IOException {
        Pickle pickle = new Pickle()
                .op("}(")
                .text("module.a")
                .tensor("0", 4, 0, new long[] {4}, new long[] {1})
                .text("b")
                .tensor("0", 4, 0, new long[] {2}, new long[] {2})
                .op("u");
        try (Checkpoint checkpoint = Checkpoint.open(pickle.legacy(path(), List.of("0"), 4))) {
            assertThat(checkpoint.stateDict().names()).containsExactly("module.a", "b");
        }
    }

    @Test
    void manyThreadsReadAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Checkpoint checkpoint = Checkpoint.open(Resources.file("zip.pth.tar"))) {
            float[] expected = checkpoint.stateDict().get("conv1.weight").toFloats();
            String hash = checkpoint.sha256();
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                results.add(threads.submit(() -> {
                    assertThat(checkpoint.stateDict().get("conv1.weight").toFloats())
                            .isEqualTo(expected);
                    assertThat(checkpoint.sha256()).isEqualTo(hash);
                }));
            }
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private Path path() {
        return folder.resolve("made.pth");
    }
}
