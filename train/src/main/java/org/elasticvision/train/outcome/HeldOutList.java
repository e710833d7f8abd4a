package org.elasticvision.train.outcome;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.settings.TrainingJob;

/** {@code validation.txt} of a run whose data have no validation part: the images that were held out of training, a line each. */
final class HeldOutList {
    private static final String NAME = "validation.txt";

    private HeldOutList() {}

    /** Writes the list, once; nothing where the data have a validation part. */
    static void write(TrainingJob job) {
        Path file = job.folder().resolve(NAME);
        boolean isHeldOut = job.settings()
                .data()
                .map(RunSettings.Data::source)
                .filter(source -> source.heldOut().isPresent())
                .isPresent();
        if (!isHeldOut || Files.exists(file)) {
            return;
        }
        byte[] lines = IntStream.range(0, job.validation().size())
                .mapToObj(job.validation()::name)
                .collect(Collectors.joining("\n", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(lines));
    }
}
