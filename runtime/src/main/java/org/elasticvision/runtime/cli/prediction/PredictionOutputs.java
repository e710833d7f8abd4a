package org.elasticvision.runtime.cli.prediction;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.cli.output.AnswerOptions;
import org.elasticvision.runtime.cli.prediction.PredictionSink.AnswerTable;
import org.elasticvision.runtime.cli.prediction.PredictionSink.FrameDrawing;
import org.elasticvision.runtime.cli.rows.RowsFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code -o}, {@code --overlay} and {@code --annotate}: what is written besides the answers that are printed. For one thread. */
public final class PredictionOutputs {
    private static final String TABLE = "-o";
    private static final String OVERLAY = "--overlay";
    private static final String ANNOTATE = "--annotate";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {TABLE, "--output"},
            paramLabel = "FILE",
            description =
                    "Write the answers to FILE.csv or FILE.jsonl too, when all images are answered; those that cannot be"
                            + " decoded are left out. Frames of videos have a row each.")
    private Path table;

    @Option(
            names = OVERLAY,
            paramLabel = "DIR",
            description = "Segmentation: write NAME.png (class indices) and NAME.overlay.png (coloured image) here.")
    private Path overlay;

    @Option(
            names = ANNOTATE,
            paramLabel = "DIR",
            description =
                    "Write NAME.annotated.png here: the image with its classes on a strip below it; a segmentation as"
                            + " --overlay has it, with a legend. Of a video, NAME.annotated.mp4: its frames with their"
                            + " classes on them.")
    private Path annotate;

    /** Checks what can be checked before the model is opened. */
    public void check() {
        if (table != null) {
            RowsFile.check(command, TABLE, table);
        }
    }

    /**
     * Checks where files go, and begins them.
     *
     * @param file of the model
     * @param model that is asked
     * @param images all that will come
     * @param show how much of an answer is shown
     * @param outputs of the command
     * @return what writes the files
     */
    public PredictionSink open(Path file, Model<?> model, InputImages images, AnswerOptions show, Outputs outputs) {
        List<PictureFiles> pictures = new ArrayList<>();
        if (overlay != null) {
            if (!model.info().task().isPerPixel()) {
                throw new ParameterException(
                        command.commandLine(),
                        OVERLAY + " is for segmentation models; " + file + " is a "
                                + model.info().task() + " model; use " + ANNOTATE);
            }
            images.videos().stream().findFirst().ifPresent(video -> {
                throw new ParameterException(
                        command.commandLine(),
                        OVERLAY + " writes pictures of images, and " + video.path() + " is a video; use " + ANNOTATE);
            });
            pictures.add(new OverlayFiles(OVERLAY, overlay, images.paths(), model.orientation()));
            outputs.folder(OVERLAY, overlay);
        }
        Optional<FrameDrawing> frames = Optional.empty();
        if (annotate != null) {
            PictureNames names = new PictureNames(
                    ANNOTATE, annotate, images.paths(), List.of(PictureNames.ANNOTATED, PictureNames.ANNOTATED_VIDEO));
            AnnotatedFiles annotated = new AnnotatedFiles(names, model.orientation());
            pictures.add(annotated);
            outputs.folder(ANNOTATE, annotate);
            frames = Optional.of(new FrameDrawing(annotated, new AnnotatedVideos(names)));
        }
        if (table == null) {
            return new PredictionSink(pictures, frames, Optional.empty());
        }
        outputs.reads("the model", file);
        images.protect(outputs);
        outputs.file(TABLE, table);
        List<String> columns = AnswerCells.columns(model.info(), show.classesAtMost(), images.hasVideos());
        RowsFile rows = new RowsFile(table, columns);
        return new PredictionSink(
                pictures, frames, Optional.of(new AnswerTable(rows, columns.size(), images.hasVideos())));
    }
}
