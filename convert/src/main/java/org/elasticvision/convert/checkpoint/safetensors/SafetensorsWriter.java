package org.elasticvision.convert.checkpoint.safetensors;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.AtomicFile;

/**
 * Writes safetensors files, which {@code safetensors.torch.load_file} and {@link Checkpoint} read.
 *
 * <pre>{@code
 * float[] bias = {0, 1, 2};
 * SavedTensor tensor = SavedTensor.floats(List.of(3L), () -> bias);
 * SafetensorsWriter.write(Path.of("model.safetensors"), Map.of("fc.bias", tensor), Map.of("format", "pt"));
 * }</pre>
 *
 * <p>Equal values make equal files. Safe for use by any number of threads.
 */
public final class SafetensorsWriter {
    private static final int ALIGNMENT = 8;
    private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

    private SafetensorsWriter() {}

    /**
     * Writes a file: it appears whole or not at all. As other writers do, tensors of wide elements come first, so that
     * each begins at a multiple of its element's size.
     *
     * @param file the file
     * @param tensors by name
     * @param metadata texts beside them
     * @throws ElasticVisionException if the file cannot be written; an older one is left as it was
     * @throws IllegalStateException if a tensor gives more or fewer values than its shape says
     */
    public static void write(Path file, Map<String, SavedTensor> tensors, Map<String, String> metadata) {
        List<Map.Entry<String, SavedTensor>> ordered = new ArrayList<>(tensors.entrySet());
        ordered.sort(Comparator.comparing(entry -> -entry.getValue().dtype().bytes()));
        byte[] header = header(ordered, metadata);
        AtomicFile.write(file, out -> {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(0, header.length)
                    .array());
            out.write(header);
            for (Map.Entry<String, SavedTensor> entry : ordered) {
                entry.getValue().load(entry.getKey()).accept(out);
            }
        });
    }

    /** Spaces at its end bring the tensors to a multiple of {@value #ALIGNMENT} bytes. */
    private static byte[] header(List<Map.Entry<String, SavedTensor>> tensors, Map<String, String> metadata) {
        Map<String, Object> header = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            header.put(SafetensorsFormat.METADATA, metadata);
        }
        long position = 0;
        for (Map.Entry<String, SavedTensor> entry : tensors) {
            SavedTensor tensor = entry.getValue();
            long end = position + tensor.byteCount();
            Map<String, Object> said = new LinkedHashMap<>();
            said.put("dtype", SafetensorsHeader.word(tensor.dtype()));
            said.put("shape", tensor.shape());
            said.put("data_offsets", List.of(position, end));
            header.put(entry.getKey(), said);
            position = end;
        }
        byte[] json = JSON.toJson(header).getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }
}
