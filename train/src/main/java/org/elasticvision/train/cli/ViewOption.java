package org.elasticvision.train.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.convert.ModelEntry;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.option.ViewConverter;
import org.elasticvision.runtime.model.View;
import picocli.CommandLine.Option;

/** {@code --exif}: which view of photos a network learns from. */
final class ViewOption {
    @Option(
            names = "--exif",
            paramLabel = ViewConverter.LABEL,
            converter = ViewConverter.class,
            description =
                    "Learn from photos turned upright as their EXIF data say, or as they are stored; the model file"
                            + " carries it (default: as --init-from says, else apply).")
    private Optional<View> view;

    /**
     * What is said here, else what the checkpoint says; a resumed run refuses another one later.
     *
     * @param resumed the last checkpoint of a resumed run; where it says nothing, it is from when images were read as
     *     they are stored
     * @param initFrom where a new run takes its weights from
     */
    View view(Optional<Path> resumed, Optional<Path> initFrom) {
        if (view.isPresent()) {
            return view.get();
        }
        return resumed.isPresent()
                ? saved(resumed.get()).or(View.STORED)
                : initFrom.map(ViewOption::saved).orElse(View.UNSTATED).or(View.UPRIGHT);
    }

    /** A file that cannot be read is left to who needs its weights. */
    private static View saved(Path file) {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            return ModelEntry.of(checkpoint)
                    .map(entry -> entry.preprocessing().view())
                    .orElse(View.UNSTATED);
        } catch (ElasticVisionException e) {
            return View.UNSTATED;
        }
    }
}
