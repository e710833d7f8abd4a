package org.elasticvision.runtime.cli.explain;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.Failures;
import org.elasticvision.runtime.cli.option.DataOptions;
import org.elasticvision.runtime.cli.option.DecodeOption;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.ImageFiles;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.cli.option.ThreadsOption;
import org.elasticvision.runtime.cli.output.Progress;
import org.elasticvision.runtime.cli.output.Terminal;
import org.elasticvision.runtime.evaluation.Evaluation;
import org.elasticvision.runtime.evaluation.LabelledImage;
import org.elasticvision.runtime.explain.Explainer;
import org.elasticvision.runtime.explain.Explanation;
import org.elasticvision.runtime.explain.PolicySurvey;
import org.elasticvision.runtime.explain.page.ExplainPage;
import org.elasticvision.runtime.explain.page.SurveyRows;
import org.elasticvision.runtime.explain.picture.PolicyPicture;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.runtime.model.Label;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elastic explain}: what an answer comes from. */
@Command(
        name = "explain",
        description =
                "Shows what a model's answers come from: at which resolution an Elastic network responds, block by block;"
                        + " what of the picture speaks for a class; how uncertain a segmentation is.",
        footer = {
            "%nExamples:",
            "  elastic explain resnext50_elastic.onnx photo.jpg -o out",
            "  elastic explain resnext50_elastic.onnx photos/ --report photos.html",
            "  elastic explain coco_resnext50_elastic.onnx --data coco --report policies.html"
        })
public final class ExplainCommand implements ElasticCommand {
    private static final int MOST_CLASSES = 40;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A converted model file (ONNX).")
    private Path file;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "IMAGE",
            description = "Images (JPEG, PNG, BMP, WebP, TIFF, PNM), or folders of them.")
    private List<Path> named = List.of();

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description =
                    "Instead of images: the scale policies of a data set, by class and size of the objects. A folder as evaluate"
                            + " takes it.")
    private Path folder;

    @Mixin
    private DataOptions data;

    @Option(names = "--skip-bad", description = "Of a data set: go on without images that cannot be decoded.")
    private boolean skipBad;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description =
                    "Write pictures here: NAME.INDEX-CLASS.png (class activation map), NAME.uncertainty.png (segmentation),"
                            + " NAME.policy.png; of a data set scores.png and differences.png.")
    private Path output;

    @Option(names = "--report", paramLabel = "FILE.html", description = "Write a page with all of it too.")
    private Path report;

    @Option(
            names = "--class",
            paramLabel = "NAME|INDEX",
            description =
                    "The class whose activation map is shown, by its name, id or index from 0 (default: the likeliest; for"
                            + " label sets each label found).")
    private String className;

    @Option(
            names = "--signed",
            description =
                    "In activation maps show what speaks against the class too, in blue (default: only what speaks for it,"
                            + " as Grad-CAM does).")
    private boolean signed;

    @Option(names = "--json", description = "Print one JSON object per image, one a line; of a data set one object.")
    private boolean json;

    @Mixin
    private DecodeOption decode;

    @Mixin
    private ThreadsOption threads;

    private int failed;

    @Override
    public int order() {
        return 27;
    }

    @Override
    public Integer call() {
        boolean ofData = folder != null || data.hasParts();
        if (ofData == !named.isEmpty()) {
            throw wrong("give images, or --data" + (ofData ? ", not both" : ""));
        }
        ModelOptions options = decode.applyTo(ModelOptions.defaults()).withThreads(threads.total());
        if (ofData) {
            data.check(folder);
            Given.refuse(spec, "is about images, and this is a data set", "--class", "--signed");
        } else {
            Given.refuse(spec, "is about a data set, and these are images", "--by-order", "--limit", "--skip-bad");
        }
        List<Path> images = ImageFiles.list(named);
        try (Outputs outputs = new Outputs(spec);
                Explainer explainer = Explainer.open(file, ofData ? options.asPublished() : options)) {
            outputs.reads("the model", file);
            images.forEach(image -> outputs.reads("an image", image));
            if (report != null) {
                outputs.page("--report", report);
            }
            return ofData ? survey(explainer, outputs) : explain(explainer, images, outputs);
        }
    }

    private int explain(Explainer explainer, List<Path> images, Outputs outputs) {
        OptionalInt index = className == null ? OptionalInt.empty() : OptionalInt.of(classIndex(explainer));
        ExplanationFiles files = output == null ? null : new ExplanationFiles(output, images, signed);
        if (output != null) {
            outputs.folder("-o", output);
        }
        explainer.notes().forEach(note -> spec.commandLine().getErr().println("elastic: " + note));
        ExplainPage page = page(explainer);
        try (Progress progress = Progress.of("explain", images.size(), !Terminal.isOut())) {
            for (Path image : images) {
                explain(explainer, image, index, files, page, progress);
            }
        }
        if (failed > 0) {
            spec.commandLine().getErr().println("elastic: " + failed + " of " + images.size() + " images failed");
        }
        if (failed < images.size()) {
            write(page);
        }
        return failed == 0 ? 0 : 1;
    }

    private void explain(
            Explainer explainer,
            Path image,
            OptionalInt index,
            ExplanationFiles files,
            ExplainPage page,
            Progress progress) {
        Explanation explanation;
        try {
            ImageSource source = ImageSource.of(image);
            explanation = index.isEmpty() ? explainer.explain(source) : explainer.explain(source, index.getAsInt());
        } catch (ImageException bad) {
            failed++;
            progress.say(spec.commandLine().getErr(), "elastic: " + Failures.message(bad));
            return;
        } finally {
            progress.step();
        }
        ExplanationFiles.Written written =
                files == null ? ExplanationFiles.Written.nothing() : files.write(image, explanation);
        if (report != null) {
            page.add(image.toString(), explanation);
        }
        print(
                json
                        ? ExplainJson.of(image, explainer.info(), explanation, written)
                        : ExplainText.of(image.toString(), explanation, written));
    }

    private int survey(Explainer explainer, Outputs outputs) {
        if (explainer.blocks().isEmpty()) {
            throw new ElasticVisionException(
                    explainer.notes().get(0) + "; give an Elastic network, or images for what else can be shown");
        }
        Evaluation evaluation = data.evaluation(folder, explainer.info());
        if (output != null) {
            outputs.folder("-o", output);
        }
        PolicySurvey survey = new PolicySurvey(explainer.blocks());
        List<LabelledImage> images = evaluation.images();
        try (Progress progress = Progress.of("explain", images.size(), true)) {
            for (LabelledImage image : images) {
                count(explainer, survey, image);
                progress.step();
            }
        }
        if (survey.all().images() == 0) {
            throw new ElasticVisionException("none of the " + images.size() + " images can be decoded");
        }
        SurveyRows rows = SurveyRows.of(survey, explainer.info().labels(), MOST_CLASSES);
        if (output != null) {
            PngFiles.write(PolicyPicture.cells(rows.scores()), output.resolve("scores.png"));
            if (rows.rows().size() > 1) {
                PngFiles.write(PolicyPicture.cells(rows.differences()), output.resolve("differences.png"));
            }
        }
        if (report != null) {
            ExplainPage page = page(explainer);
            page.add(survey);
            write(page);
        }
        print(
                json
                        ? ExplainJson.of(file, explainer.info(), survey, failed)
                        : ExplainText.of(survey, rows) + (failed > 0 ? String.format("%nskipped %d", failed) : ""));
        return 0;
    }

    private void count(Explainer explainer, PolicySurvey survey, LabelledImage image) {
        try {
            survey.add(
                    explainer.explain(image.image()).policy().orElseThrow(),
                    image.contents().get());
        } catch (ImageException bad) {
            if (!skipBad) {
                throw bad;
            }
            failed++;
        }
    }

    private ExplainPage page(Explainer explainer) {
        String name = String.valueOf(file.getFileName());
        return new ExplainPage(name, explainer.info(), explainer.notes(), signed);
    }

    private void write(ExplainPage page) {
        if (report != null) {
            AtomicFile.write(report, out -> out.write(page.html().getBytes(StandardCharsets.UTF_8)));
        }
    }

    private int classIndex(Explainer explainer) {
        if (explainer.info().task().isPerPixel()) {
            throw wrong("--class is for classification and multilabel models; " + file + " is a segmentation model");
        }
        List<Label> labels = explainer.info().labels();
        List<Integer> found = new ArrayList<>();
        IntStream.range(0, labels.size())
                .filter(i -> labels.get(i).name().equalsIgnoreCase(className)
                        || labels.get(i).id().equals(className))
                .forEach(found::add);
        if (found.isEmpty() && className.matches("\\d{1,9}") && Integer.parseInt(className) < labels.size()) {
            found.add(Integer.parseInt(className));
        }
        if (found.size() != 1) {
            throw wrong("--class " + className
                    + (found.isEmpty()
                            ? " is none of the model's " + labels.size()
                                    + " classes; 'elastic inspect --json' lists them"
                            : " are " + found.size() + " classes (" + found + "); give an index"));
        }
        return found.get(0);
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        if (out.checkError() || System.out.checkError()) { // which picocli's writer hides
            throw new ElasticVisionException("the output cannot be written: the disk is full or its reader has gone");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message.strip().replaceAll("\\s+", " "));
    }
}
