package org.elasticvision.convert.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.elasticvision.convert.checkpoint.file.AlignedZip;
import org.elasticvision.convert.checkpoint.tensor.OrderedDict;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.AtomicFile;

/**
 * Writes what PyTorch's {@code torch.save} writes, unless asked otherwise in the form of since PyTorch 1.6, which {@code torch.load} reads, also with {@code
 * weights_only=True} (from PyTorch 2.0 on; 1.13 refuses any file with a float beside the tensors) and {@code mmap=True}, and
 * which {@link Checkpoint} reads.
 *
 * <pre>{@code
 * float[] bias = {0, 1, 2};
 * SavedTensor tensor = SavedTensor.floats(List.of(3L), () -> bias);
 * CheckpointWriter.write(Path.of("model.pth.tar"), Map.of("state_dict", Map.of("fc.bias", tensor)));
 * }</pre>
 *
 * <p>Equal values make equal files. Safe for use by any number of threads.
 */
public final class CheckpointWriter {
    private static final String FOLDER = "archive/";

    private CheckpointWriter() {}

    /**
     * Writes a checkpoint: it appears whole or not at all.
     *
     * @param file the file
     * @param root null, Boolean, Integer, Long, Double, String, {@link SavedTensor}, List, Map and {@link OrderedDict}
     *     of these, in the order of the collections; the keys of maps are String, Integer or Long. A tensor that is
     *     there twice is written twice.
     * @throws ElasticVisionException if the file cannot be written; an older one is left as it was
     * @throws IllegalArgumentException if a value is of another kind, naming the path to it
     * @throws IllegalStateException if a tensor gives more or fewer values than its shape says
     */
    public static void write(Path file, Map<String, ?> root) {
        write(file, root, CheckpointForm.ZIP);
    }

    /**
     * The same in one of the two forms.
     *
     * @param file the file
     * @param root the value
     * @param form that the file is to have
     * @throws ElasticVisionException if the file cannot be written; an older one is left as it was
     * @throws IllegalArgumentException if a value is of another kind, naming the path to it
     * @throws IllegalStateException if a tensor gives more or fewer values than its shape says
     */
    public static void write(Path file, Map<String, ?> root, CheckpointForm form) {
        AtomicFile.write(file, out -> write(out, root, form));
    }

    /**
     * Writes a checkpoint to a stream.
     *
     * @param out is not closed
     * @param root the value
     * @param form of the checkpoint
     * @throws IOException if the stream cannot be written
     * @throws IllegalArgumentException if a value is of another kind, naming the path to it
     * @throws IllegalStateException if a tensor gives more or fewer values than its shape says
     */
    public static void write(OutputStream out, Map<String, ?> root, CheckpointForm form) throws IOException {
        PickleWriter pickle = PickleWriter.of(root, form);
        switch (form) {
            case ZIP -> writeZip(out, pickle);
            case LEGACY -> LegacyFormat.write(out, pickle);
        }
    }

    private static void writeZip(OutputStream out, PickleWriter pickle) throws IOException {
        AlignedZip zip = new AlignedZip(out);
        zip.add(FOLDER + "data.pkl", pickle.bytes());
        zip.add(FOLDER + "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        int key = 0;
        for (PickleWriter.Named named : pickle.tensors()) {
            SavedTensor tensor = named.tensor();
            zip.add(FOLDER + "data/" + key++, tensor.byteCount(), tensor.load(named.path()));
        }
        zip.add(FOLDER + "version", "3\n".getBytes(StandardCharsets.US_ASCII));
        zip.finish();
    }
}
