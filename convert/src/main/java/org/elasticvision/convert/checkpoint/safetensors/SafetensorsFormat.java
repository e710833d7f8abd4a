package org.elasticvision.convert.checkpoint.safetensors;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.checkpoint.file.CheckpointFile;
import org.elasticvision.convert.checkpoint.file.Region;
import org.elasticvision.convert.checkpoint.file.StorageBytes;
import org.elasticvision.convert.checkpoint.pickle.value.TensorView;
import org.elasticvision.convert.checkpoint.tensor.Contents;

/**
 * A safetensors file: an unsigned 64-bit length, a header of that many bytes in JSON, and the tensors' bytes, little-endian
 * and row-major. As the format asks, the header has at most 100 MB and no key twice, and the tensors fill the rest of the
 * file without gaps or overlaps.
 */
public final class SafetensorsFormat {
    /** The key of the texts beside the tensors. */
    public static final String METADATA = "__metadata__";

    private static final String BUFFER = "data";
    private static final long MAX_HEADER_BYTES = 100_000_000;

    private SafetensorsFormat() {}

    public static Contents read(CheckpointFile file) {
        long length = file.read(0, Long.BYTES).getLong();
        if (length > MAX_HEADER_BYTES) {
            throw file.problem("damaged: its header of " + length + " bytes is longer than the " + MAX_HEADER_BYTES
                    + " that safetensors allows; download it again");
        }
        long start = Long.BYTES + length;
        if (start > file.size()) {
            throw file.problem("cut off: its header ends at byte " + start + ", but it has " + file.size()
                    + " bytes; download it again");
        }
        SafetensorsHeader header = SafetensorsHeader.read(file, Long.BYTES, length);
        long bytes = file.size() - start;
        requireFilled(file, header.tensors(), start, bytes);
        Map<String, Object> root = new LinkedHashMap<>();
        header.tensors().forEach((name, tensor) -> root.put(name, view(tensor)));
        if (!header.metadata().isEmpty()) {
            root.put(METADATA, new LinkedHashMap<>(header.metadata()));
        }
        StorageBytes data = StorageBytes.in(file, new Region(start, bytes));
        return new Contents(root, Map.of(BUFFER, data), ByteOrder.LITTLE_ENDIAN);
    }

    /** The header was checked: the bytes are as many as the shape says. */
    private static TensorView view(SafetensorsHeader.Entry tensor) {
        long elements = (tensor.end() - tensor.begin()) / tensor.type().bytes();
        // Of no elements the sizes may be any, so large that strides have no number.
        List<Long> strides =
                elements == 0 ? Collections.nCopies(tensor.shape().size(), 1L) : TensorView.contiguous(tensor.shape());
        return new TensorView(
                BUFFER, tensor.type(), tensor.begin(), tensor.shape(), strides, elements, elements, false);
    }

    private static void requireFilled(
            CheckpointFile file, Map<String, SafetensorsHeader.Entry> tensors, long start, long bytes) {
        List<Map.Entry<String, SafetensorsHeader.Entry>> ordered = new ArrayList<>(tensors.entrySet());
        ordered.sort(Map.Entry.comparingByValue(
                Comparator.comparingLong(SafetensorsHeader.Entry::begin).thenComparing(SafetensorsHeader.Entry::end)));
        long end = 0;
        for (Map.Entry<String, SafetensorsHeader.Entry> tensor : ordered) {
            if (tensor.getValue().begin() != end) {
                throw file.problem("damaged: its tensor '" + tensor.getKey() + "' begins at byte "
                        + tensor.getValue().begin() + " of the data, where " + end
                        + " was expected; download it again");
            }
            end = tensor.getValue().end();
        }
        if (end > bytes) {
            throw file.problem(
                    "cut off: expected " + (start + end) + " bytes, has " + file.size() + "; download it again");
        }
        if (end < bytes) {
            throw file.problem("damaged: it has " + (bytes - end) + " bytes after its last tensor; download it again");
        }
    }
}
