package org.elasticvision.convert.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.checkpoint.safetensors.SafetensorsWriter;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Files of the safetensors format, whole and not. */
class SafetensorsTest {
    /**
     * What safetensors 0.4.5 writes: <pre>
     * from safetensors.numpy import save; import numpy as np, base64
     * print(base64.b64encode(save({'a.weight': np.array([[1, 2.5], [-3, 4]], 'float32'), 'n': np.array(7),
     *     'half': np.array([0.5, -2], 'float16')}, {'format': 'pt'})))
     * </pre>
     */
    private static final String OF_THE_LIBRARY =
            "0AAAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJwdCJ9LCJuIjp7ImR0eXBlIjoiSTY0Iiwic2hhcGUiOltdLCJkYXRh"
                    + "X29mZnNldHMiOlswLDhdfSwiYS53ZWlnaHQiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzIsMl0sImRhdGFfb2Zmc2V0cyI6Wzgs"
                    + "MjRdfSwiaGFsZiI6eyJkdHlwZSI6IkYxNiIsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6WzI0LDI4XX19ICAgBwAAAAAAAAAA"
                    + "AIA/AAAgQAAAQMAAAIBAADgAwA==";

    @TempDir
    Path folder;

    @Test
    void whatTheLibraryWroteIsRead() throws IOException {
        Path file = Files.write(
                folder.resolve("model.safetensors"), Base64.getDecoder().decode(OF_THE_LIBRARY));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            StateDict state = checkpoint.stateDict();
            assertThat(state.names()).containsExactly("n", "a.weight", "half");
            assertThat(state.get("a.weight").shape()).containsExactly(2L, 2L);
            assertThat(state.get("a.weight").toFloats()).containsExactly(1, 2.5f, -3, 4);
            assertThat(state.get("n").shape()).isEmpty();
            assertThat(state.get("n").toLongs()).containsExactly(7);
            assertThat(state.get("half").toFloats()).containsExactly(0.5f, -2);
            assertThat(checkpoint.metadata()).isEqualTo(Map.of("format", "pt"));
        }
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Map<String, SavedTensor> tensors = new LinkedHashMap<>();
        tensors.put("weight", SavedTensor.floats(List.of(2L, 2L), () -> new float[] {1, Float.NaN, -0f, 4}));
        tensors.put("empty", SavedTensor.floats(List.of(2L, 0L), () -> new float[0]));
        tensors.put("count", SavedTensor.longs(List.of(), () -> new long[] {Long.MIN_VALUE}));
        tensors.put("doubles \u00e9\"", SavedTensor.doubles(List.of(1L), () -> new double[] {Math.PI}));
        Path file = folder.resolve("out.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of("arch", "none <of> ours"));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getLong(0) % 8).isZero();
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            StateDict state = checkpoint.stateDict();
            assertThat(state.names()).containsExactly("count", "doubles \u00e9\"", "weight", "empty");
            assertThat(state.get("weight").toFloats()).containsExactly(1, Float.NaN, -0f, 4);
            assertThat(state.get("empty").shape()).containsExactly(2L, 0L);
            assertThat(state.get("empty").toFloats()).isEmpty();
            assertThat(state.get("count").toLongs()).containsExactly(Long.MIN_VALUE);
            assertThat(state.get("doubles \u00e9\"").toDoubles()).containsExactly(Math.PI);
            assertThat(checkpoint.architecture()).contains("none <of> ours");
        }
    }

    /** A length of 640 begins like a pickle of protocol 2. */
    @Test
    void aHeaderWhoseLengthLooksLikeAPickleIsRead() throws IOException {
        String header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}";
        Path file = write(header + " ".repeat(640 - header.length()), 640, new byte[] {9});
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(checkpoint.stateDict().get("a").toLongs()).containsExactly(9);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | has 'a' twice",
                "{'a':{'dtype':'F32','shape':[1],'shape':[1],'data_offsets':[0,4]}} | has 'shape' of 'a' twice",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}} | shape [2] and type F32 the bytes 0 to 4",
                "{'a':{'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,4]}} | impossible numbers",
                "{'a':{'dtype':'F32','shape':[400000000000000000,400000000000000000],'data_offsets':[0,4]}} | the bytes 0 to 4",
                "{'a':{'dtype':'F32','shape':[1.0],'data_offsets':[0,4]}} | impossible numbers",
                "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} | impossible numbers",
                "{'a':{'dtype':'F32','shape':['1'],'data_offsets':[0,4]}} | impossible numbers",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}} | the bytes 4 to 0",
                "{'a':{'dtype':'F32','shape':[1]}} | does not say type, shape and place of 'a'",
                "{'a':{'dtype':'F8_E4M3','shape':[4],'data_offsets':[0,4]}} | of the type F8_E4M3, which is not read",
                "{'a':{'dtype':'U8','shape':[3],'data_offsets':[0,3]}} | has 1 bytes after its last tensor",
                "{'a':{'dtype':'U8','shape':[3],'data_offsets':[1,4]}} | begins at byte 1 of the data, where 0 was expected",
                "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'b':{'dtype':'U8','shape':[2],'data_offsets':[2,4]}} | begins at byte 2 of the data, where 4 was expected",
                "{'a':{'dtype':'U8','shape':[5],'data_offsets':[0,5]}} | cut off",
                "{'__metadata__':{'format':1}} | in its metadata twice, or not as text",
                "{'__metadata__':{},'__metadata__':{}} | has '__metadata__' twice",
                "{'a':[]} | is not the JSON of safetensors",
                "{a:1} | is not the JSON of safetensors",
                "{} {} | is not the JSON of safetensors",
                "{ | is not the JSON of safetensors",
                "{'\u00ff | is not UTF-8"
            })
    void aHeaderThatTheFormatForbidsIsRefused(String header, String message) throws IOException {
        String json = header.replace('\'', '"');
        refused(write(json, json.length(), new byte[4]), message);
    }

    @Test
    void aLengthThatCannotBeIsRefused() throws IOException {
        refused(write("{}", 100_000_001, new byte[4]), "longer than the 100000000 that safetensors allows");
        refused(write("{}", 7, new byte[4]), "cut off: its header ends at byte 15, but it has 14 bytes");
    }

    private void refused(Path file, String message) {
        assertThatThrownBy(() -> Checkpoint.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(message);
    }

    private Path write(String header, long length, byte[] data) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(length).put(text).put(data);
        return Files.write(folder.resolve("a.safetensors"), bytes.array());
    }
}
