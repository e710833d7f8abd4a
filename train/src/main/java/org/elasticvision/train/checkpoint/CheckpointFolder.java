package org.elasticvision.train.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.convert.checkpoint.CheckpointForm;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.AtomicFile;

/**
 * The folder that a training run keeps its checkpoints in, under the names that the published code gives them ({@code
 * utils.py}): the last one and the best one. At every moment each is a whole file or is not there yet.
 */
public final class CheckpointFolder {
    private static final String LAST = "checkpoint.pth.tar";
    private static final String BEST = "model_best.pth.tar";

    private final Path folder;
    private final CheckpointForm form;

    /**
     * A folder of checkpoints in the form of since PyTorch 1.6.
     *
     * @param folder need not be there
     */
    public CheckpointFolder(Path folder) {
        this(folder, CheckpointForm.ZIP);
    }

    /**
     * A folder of checkpoints.
     *
     * @param folder need not be there
     * @param form of the files that are written
     */
    public CheckpointFolder(Path folder, CheckpointForm form) {
        this.folder = folder;
        this.form = form;
    }

    /**
     * Makes a folder for a run, where it is missing.
     *
     * @param folder the folder
     * @throws ElasticVisionException if it cannot be made
     */
    public static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ElasticVisionException(
                    folder + ": cannot be created: a file is in the way or there is no permission; give another folder",
                    e);
        }
    }

    /** {@return the newest checkpoint, {@code checkpoint.pth.tar}, whether it is there or not} */
    public Path lastFile() {
        return folder.resolve(LAST);
    }

    /** {@return the checkpoint with the smallest error, {@code model_best.pth.tar}, whether it is there or not} */
    public Path bestFile() {
        return folder.resolve(BEST);
    }

    /**
     * {@return whether a file has the name of {@link #lastFile}}
     *
     * @param file the file
     */
    public static boolean isLast(Path file) {
        return file.endsWith(LAST);
    }

    /**
     * {@return whether a file has the name of {@link #bestFile}}
     *
     * @param file the file
     */
    public static boolean isBest(Path file) {
        return file.endsWith(BEST);
    }

    /** {@return the newest checkpoint, if there is one} */
    public Optional<Path> last() {
        return Optional.of(lastFile()).filter(Files::exists);
    }

    /**
     * Keeps the state as the last one, and as the best one where it is. Makes the folder where it is missing.
     *
     * @param summary what is known of the run at this point
     * @param state what is kept
     * @param best whether none before had a smaller error
     * @throws ElasticVisionException if a file cannot be written; the older ones are left as they were
     */
    public void save(TrainingSummary summary, TrainingState state, boolean best) {
        create(folder);
        if (best) {
            // The best first: if the process dies in between, the run goes on from the older last one and comes by
            // again,
            // while a last one that speaks of a better error than the best one has would stay wrong.
            TrainingCheckpoint.write(bestFile(), summary, state, form);
            AtomicFile.replace(lastFile(), this::linkOrCopyBest);
        } else {
            TrainingCheckpoint.write(lastFile(), summary, state, form);
        }
    }

    /** A link costs nothing, and as both names are only ever replaced, neither changes with the other. */
    private void linkOrCopyBest(Path temporary) throws IOException {
        try {
            Files.createLink(temporary, bestFile().toRealPath());
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(bestFile(), temporary);
        }
    }
}
