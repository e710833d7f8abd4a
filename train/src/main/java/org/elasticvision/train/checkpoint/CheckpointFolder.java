package org.elasticvision.train.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.convert.checkpoint.CheckpointForm;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.AtomicFile;

/**
 * The folder that a training run keeps its checkpoints in, under the names that the published code gives them ({@code
 * utils.py}): the last one and the best one; and the one before the last, from which a run resumes if the last one gets damaged. At
 * every moment each is a whole file or is not there yet, and once there was a checkpoint, the last one or the one before it is there.
 */
public final class CheckpointFolder {
    private static final String LAST = "checkpoint.pth.tar";
    private static final String PREVIOUS = "checkpoint.previous.pth.tar";
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

    /** {@return the one before the newest checkpoint, {@code checkpoint.previous.pth.tar}, whether it is there or not} */
    public Path previousFile() {
        return folder.resolve(PREVIOUS);
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
     * {@return whether a file has the name of {@link #previousFile}}
     *
     * @param file the file
     */
    public static boolean isPrevious(Path file) {
        return file.endsWith(PREVIOUS);
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
     * Puts the checkpoint before the last one in the place of the last one, if that is missing or damaged.
     *
     * @return whether a run resumes from it now; false if the last one is whole and another one
     * @throws ElasticVisionException if it is damaged too, or the last one cannot be replaced
     */
    public boolean restorePrevious() {
        requireWhole(previousFile());
        if (isWhole(lastFile())) {
            return hasSameContents(lastFile(), previousFile());
        }
        AtomicFile.replace(lastFile(), temporary -> linkOrCopy(previousFile(), temporary));
        return true;
    }

    /**
     * {@return whether a checkpoint is there and can be read from its beginning to its end}
     *
     * @param file of a run
     */
    public static boolean isWhole(Path file) {
        try {
            requireWhole(file);
            return true;
        } catch (CheckpointException e) {
            return false;
        }
    }

    private static void requireWhole(Path file) {
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(file)) {
            checkpoint.requireWhole();
        }
    }

    /** As a rank of several finds them that is not the first to restore. */
    private static boolean hasSameContents(Path one, Path other) {
        try {
            return Files.mismatch(one, other) < 0;
        } catch (IOException e) {
            throw new ElasticVisionException(one + ": cannot be compared with " + other + ": " + e.getMessage(), e);
        }
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
            // again. A last one that speaks of a better error than the best one has would stay wrong.
            TrainingCheckpoint.write(bestFile(), summary, state, form);
            AtomicFile.replace(lastFile(), previousFile(), temporary -> linkOrCopy(bestFile(), temporary));
        } else {
            TrainingCheckpoint.write(lastFile(), previousFile(), summary, state, form);
        }
    }

    /** A link costs nothing, and as both names are only ever replaced, neither changes with the other. */
    private static void linkOrCopy(Path file, Path temporary) throws IOException {
        try {
            Files.createLink(temporary, file.toRealPath());
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(file, temporary);
        }
    }
}
