package org.elasticvision.convert.quantize.calibration;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.runtime.io.ContentHash;
import org.elasticvision.runtime.io.UserCache;
import org.elasticvision.runtime.onnx.ModelContent;

/**
 * Calibrations that were made before, each in a file named by what it depends on: the contents of the model, weights in files of
 * their own included, and of the images, in their order. A file that cannot be read counts as missing.
 */
public final class CalibrationCache {
    private static final int FORMAT = 0x45564302;
    private static final int UPRIGHT = 0x45584946;
    private static final int MOST_VALUES = 100_000;

    private final Path folder;

    /**
     * A cache in a folder, which need not exist yet.
     *
     * @param folder the folder
     */
    public CalibrationCache(Path folder) {
        this.folder = folder;
    }

    /**
     * The user's: {@link UserCache}.
     *
     * @return the cache
     */
    public static CalibrationCache ofUser() {
        return new CalibrationCache(UserCache.folder("calibration"));
    }

    /**
     * {@return where the calibration of a model on images lies, or would lie}
     *
     * @param model the model file
     * @param orientation how photos are decoded
     * @param images the images
     */
    public Path file(Path model, Orientation orientation, List<ImageSource> images) {
        ContentHash hash = new ContentHash().add(FORMAT);
        ModelContent.addTo(hash, model);
        if (orientation == Orientation.APPLY_EXIF) {
            hash.add(UPRIGHT);
        }
        images.forEach(image -> hash.add(image.content()));
        return folder.resolve(hash.hex() + ".gz");
    }

    /**
     * Reads a calibration.
     *
     * @param file the file
     * @return the calibration; empty where there is none that can be used
     */
    public Optional<Calibration> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            int format = in.readInt();
            int count = in.readInt();
            if (format != FORMAT || count < 0 || count > MOST_VALUES) {
                return Optional.empty();
            }
            Map<String, Histogram> histograms = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                histograms.put(in.readUTF(), Histogram.read(in));
            }
            boolean whole = in.read() < 0; // which looks at the checksum too
            return whole ? Optional.of(new Calibration(histograms)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // damaged: measured again, and replaced
        }
    }

    /**
     * Writes a calibration.
     *
     * @param file the file
     * @param calibration what was measured
     * @throws ElasticVisionException if the folder cannot be written to
     */
    public void write(Path file, Calibration calibration) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ElasticVisionException(folder + " cannot be made", e);
        }
        AtomicFile.write(file, stream -> {
            GZIPOutputStream zipped = new GZIPOutputStream(stream);
            DataOutputStream out = new DataOutputStream(zipped);
            out.writeInt(FORMAT);
            out.writeInt(calibration.histograms().size());
            for (Map.Entry<String, Histogram> entry : calibration.histograms().entrySet()) {
                out.writeUTF(entry.getKey());
                entry.getValue().write(out);
            }
            out.flush();
            zipped.finish();
        });
    }
}
