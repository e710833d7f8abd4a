package org.elasticvision.convert.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.elasticvision.convert.checkpoint.tensor.DType;
import org.elasticvision.convert.checkpoint.tensor.OrderedDict;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CheckpointWriterTest {
    private static final float[] FLOATS = {1.5f, -0f, Float.NaN, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, 1e-30f};
    private static final double[] DOUBLES = {Math.PI, -Double.MIN_VALUE, Double.POSITIVE_INFINITY};
    private static final long[] LONGS = {Long.MIN_VALUE, -1, Long.MAX_VALUE};

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBack() {
        Path file = folder.resolve("all.pth.tar");
        CheckpointWriter.write(file, everything());
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            Map<String, Object> root = checkpoint.root();
            assertThat(root.keySet()).containsExactly("plain", "numbers", "state_dict", "arch");
            assertThat(root.get("plain"))
                    .isEqualTo(Arrays.asList(
                            0L,
                            -1L,
                            65_536L,
                            1L << 31,
                            -(1L << 31) - 1,
                            Long.MAX_VALUE,
                            Long.MIN_VALUE,
                            0.1,
                            -0.0,
                            Double.MIN_VALUE,
                            "é世界😀",
                            "",
                            true,
                            false,
                            null,
                            List.of(),
                            Map.of()));
            assertThat(root.get("numbers")).isEqualTo(Map.of(0L, "zero", 1L << 40, "large", -5L, List.of(1.0)));
            assertThat(((Map<?, ?>) root.get("numbers")).keySet().stream().map(Object::toString))
                    .containsExactly("1099511627776", "0", "-5");
            StateDict state = checkpoint.stateDict();
            assertThat(state.names()).containsExactly("floats", "doubles", "longs", "bytes", "scalar", "empty", "last");
            assertThat(state.get("floats").toString()).isEqualTo("floats float32 [3, 2]");
            assertThat(state.get("floats").toFloats()).containsExactly(FLOATS);
            assertThat(state.get("doubles").dtype()).isEqualTo(DType.FLOAT64);
            assertThat(state.get("doubles").toDoubles()).containsExactly(DOUBLES);
            assertThat(state.get("longs").dtype()).isEqualTo(DType.INT64);
            assertThat(state.get("longs").toLongs()).containsExactly(LONGS);
            assertThat(state.get("bytes").dtype()).isEqualTo(DType.UINT8);
            assertThat(state.get("bytes").toLongs()).containsExactly(0, 255, 127);
            assertThat(state.get("scalar").shape()).isEmpty();
            assertThat(state.get("scalar").toLongs()).containsExactly(42);
            assertThat(state.get("empty").shape()).containsExactly(2L, 0L, 3L);
            assertThat(state.get("empty").toFloats()).isEmpty();
            assertThat(state.get("last").toFloats()).containsExactly(7);
            assertThat(checkpoint.architecture()).contains("resnext50");
        }
    }

    @Test
    void tensorsOfManyChunksAreWhole() {
        float[] values = new float[300_001];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        Path file = folder.resolve("large.pth");
        CheckpointWriter.write(file, Map.of("a", SavedTensor.floats(List.of(300_001L), () -> values)));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(checkpoint.stateDict().get("a").toFloats()).isEqualTo(values);
        }
    }

    @Test
    void entriesAreStoredAlignedAndTheirChecksumsRight() throws IOException {
        Path file = folder.resolve("all.pth.tar");
        CheckpointWriter.write(file, everything());
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                zip.readAllBytes(); // A wrong checksum throws.
            }
        }
        List<String> names;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            names = zip.stream().map(ZipEntry::getName).toList();
        }
        assertThat(names).startsWith("archive/data.pkl", "archive/byteorder", "archive/data/0");
        assertThat(names).endsWith("archive/data/6", "archive/version").hasSize(10);
        int at = 0;
        for (String name : names) {
            assertThat(bytes.getInt(at)).isEqualTo(0x04034b50);
            int data = at + 30 + bytes.getShort(at + 26) + bytes.getShort(at + 28);
            assertThat(data % 64).as(name).isZero();
            at = data + bytes.getInt(at + 18);
        }
    }

    @Test
    void equalValuesMakeEqualFiles() throws IOException {
        Path one = folder.resolve("one.pth");
        Path two = folder.resolve("two.pth");
        CheckpointWriter.write(one, everything());
        CheckpointWriter.write(two, everything());
        assertThat(one).hasSameBinaryContentAs(two);
    }

    @Test
    void pyTorchReadsTheSame() throws IOException {
        Path file = folder.resolve("all.pth.tar");
        CheckpointWriter.write(file, everything());
        assertThat(PythonTorch.run(
                        """
                        import sys, collections, math, torch
                        if not torch.__version__.startswith('1.'):  # which knows no float there
                            torch.load(sys.argv[1], weights_only=True)
                        c = torch.load(sys.argv[1])
                        print(list(c), type(c).__name__, type(c['state_dict']).__name__)
                        print(ascii(c['plain']))
                        print(c['numbers'])
                        for name, t in c['state_dict'].items():
                            print(name, t.dtype, list(t.shape), t.is_contiguous(), t.tolist())
                        """,
                        file))
                .isEqualTo(
                        """
                        ['plain', 'numbers', 'state_dict', 'arch'] dict OrderedDict
                        [0, -1, 65536, 2147483648, -2147483649, 9223372036854775807, -9223372036854775808, 0.1, -0.0, \
                        5e-324, '\\xe9\\u4e16\\u754c\\U0001f600', '', True, False, None, [], {}]
                        {1099511627776: 'large', 0: 'zero', -5: [1.0]}
                        module.floats torch.float32 [3, 2] True [[1.5, -0.0], [nan, 1.401298464324817e-45], [-inf, 1.0000000031710769e-30]]
                        module.doubles torch.float64 [3] True [3.141592653589793, -5e-324, inf]
                        module.longs torch.int64 [3, 1] True [[-9223372036854775808], [-1], [9223372036854775807]]
                        module.bytes torch.uint8 [3] True [0, 255, 127]
                        module.scalar torch.int64 [] True 42
                        module.empty torch.float32 [2, 0, 3] True [[], []]
                        module.last torch.float32 [1] True [7.0]
                        """);
    }

    @Test
    void pyTorchNeedsToTrustNothingButTensors() throws IOException {
        Map<String, Object> root = everything();
        root.remove("plain");
        root.remove("numbers");
        Path file = folder.resolve("weights.pth.tar");
        CheckpointWriter.write(file, root);
        assertThat(PythonTorch.run(
                        """
                        import sys, torch
                        c = torch.load(sys.argv[1], weights_only=True)
                        print(type(c['state_dict']).__name__, c['state_dict']['module.last'].item(), c['arch'])
                        """,
                        file))
                .isEqualTo("OrderedDict 7.0 resnext50\n");
    }

    @Test
    void theOldFormIsReadHereAndByTheOldPathOfPyTorch() throws IOException {
        Path file = folder.resolve("old.pth.tar");
        Path other = folder.resolve("new.pth.tar");
        CheckpointWriter.write(file, everything(), CheckpointForm.LEGACY);
        CheckpointWriter.write(other, everything());
        try (Checkpoint checkpoint = Checkpoint.open(file);
                Checkpoint expected = Checkpoint.open(other)) {
            assertThat(checkpoint.root().get("plain")).isEqualTo(expected.root().get("plain"));
            assertThat(checkpoint.stateDict().names())
                    .isEqualTo(expected.stateDict().names());
            for (CheckpointTensor tensor : expected.stateDict()) {
                CheckpointTensor actual = checkpoint.stateDict().get(tensor.name());
                assertThat(actual.toString()).isEqualTo(tensor.toString());
                assertThat(actual.toDoubles()).isEqualTo(tensor.toDoubles());
                assertThat(actual.toLongs()).isEqualTo(tensor.toLongs());
            }
        }
        assertThat(PythonTorch.run(
                        """
                        import sys, torch
                        from torch import serialization
                        asked = []
                        old = serialization._legacy_load
                        serialization._legacy_load = lambda *a, **k: asked.append(1) or old(*a, **k)
                        load = dict() if torch.__version__.startswith('1.') else dict(weights_only=False)
                        a, b = torch.load(sys.argv[1], **load), torch.load(sys.argv[2], **load)
                        print(len(asked), a['plain'] == b['plain'], a['numbers'] == b['numbers'], list(a) == list(b))
                        x, y = a['state_dict'], b['state_dict']
                        print(type(x).__name__, all(x[k].dtype == y[k].dtype and x[k].numpy().tobytes() == y[k].numpy().tobytes()
                                                    and x[k].shape == y[k].shape for k in y))
                        """,
                        file,
                        other))
                .isEqualTo("1 True True True\nOrderedDict True\n");
    }

    @Test
    void valuesThatPythonHasNoFormForAreNamed() {
        Path file = folder.resolve("bad.pth");
        assertThatThrownBy(() -> CheckpointWriter.write(file, Map.of("a", List.of(Map.of("b", 1.5f)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a.0.b'")
                .hasMessageContaining("java.lang.Float");
        assertThatThrownBy(() -> CheckpointWriter.write(file, Map.of("a", Map.of(1.5, "b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key '1.5' of 'a'");
        assertThat(file).doesNotExist();
    }

    @Test
    void aTensorWithoutAllItsValuesLeavesTheOldFile() throws IOException {
        Path file = folder.resolve("kept.pth");
        CheckpointWriter.write(file, Map.of("arch", "old"));
        byte[] old = Files.readAllBytes(file);
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("good", SavedTensor.floats(List.of(100_000L), () -> new float[100_000]));
        root.put("bad", SavedTensor.floats(List.of(2L, 2L), () -> new float[3]));
        assertThatThrownBy(() -> CheckpointWriter.write(file, root))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bad has 3 values, but its shape [2, 2] says 4");
        assertThat(file).hasBinaryContent(old);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void moreEntriesThanAPlainZipFileHas() throws IOException {
        Map<String, Object> root = new LinkedHashMap<>();
        SavedTensor tensor = SavedTensor.bytes(List.of(1L), () -> new byte[] {9});
        for (int i = 0; i < 70_000; i++) {
            root.put("t" + i, tensor);
        }
        Path file = folder.resolve("many.pth");
        CheckpointWriter.write(file, root);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.size()).isEqualTo(70_003);
            ZipEntry last = zip.getEntry("archive/data/69999");
            assertThat(zip.getInputStream(last).readAllBytes()).containsExactly(9);
        }
    }

    @Test
    @Tag("slow") // writes 4.6 GB
    void filesOfMoreThanFourGibibytesAreRead() throws IOException {
        float[] values = new float[16 << 20];
        values[values.length - 1] = 3;
        SavedTensor tensor = SavedTensor.floats(List.of((long) values.length), () -> values);
        Map<String, Object> root = new HashMap<>();
        for (int i = 0; i < 68; i++) {
            root.put("t" + i, tensor);
        }
        root.put("end", SavedTensor.longs(List.of(), () -> new long[] {5}));
        Path file = folder.resolve("huge.pth");
        CheckpointWriter.write(file, root);
        assertThat(Files.size(file)).isGreaterThan(1L << 32);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            StateDict state = checkpoint.stateDict();
            assertThat(state.get("t67").toFloats()).isEqualTo(values);
            assertThat(state.get("end").toLongs()).containsExactly(5);
        }
        assertThat(PythonTorch.run(
                        "import sys, torch; c = torch.load(sys.argv[1]); print(c['t67'][-2:].tolist(), c['end'].item())",
                        file))
                .isEqualTo("[0.0, 3.0] 5\n");
    }

    private static Map<String, Object> everything() {
        Map<Object, Object> numbers = new LinkedHashMap<>();
        numbers.put(1L << 40, "large");
        numbers.put(0, "zero");
        numbers.put(-5L, List.of(1.0));
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("module.floats", SavedTensor.floats(List.of(3L, 2L), FLOATS::clone));
        state.put("module.doubles", SavedTensor.doubles(List.of(3L), DOUBLES::clone));
        state.put("module.longs", SavedTensor.longs(List.of(3L, 1L), LONGS::clone));
        state.put("module.bytes", SavedTensor.bytes(List.of(3L), () -> new byte[] {0, -1, 127}));
        state.put("module.scalar", SavedTensor.longs(List.of(), () -> new long[] {42}));
        state.put("module.empty", SavedTensor.floats(List.of(2L, 0L, 3L), () -> new float[0]));
        state.put("module.last", SavedTensor.floats(List.of(1L), () -> new float[] {7}));
        Map<String, Object> root = new LinkedHashMap<>();
        root.put(
                "plain",
                Arrays.asList(
                        0,
                        -1L,
                        65_536L,
                        1L << 31,
                        -(1L << 31) - 1,
                        Long.MAX_VALUE,
                        Long.MIN_VALUE,
                        0.1,
                        -0.0,
                        Double.MIN_VALUE,
                        "é世界😀",
                        "",
                        true,
                        false,
                        null,
                        List.of(),
                        Map.of()));
        root.put("numbers", numbers);
        root.put("state_dict", new OrderedDict(state));
        root.put("arch", "resnext50");
        return root;
    }
}
