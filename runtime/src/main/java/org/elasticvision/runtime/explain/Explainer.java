package org.elasticvision.runtime.explain;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.answer.Framing;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.answer.Score;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.Probe;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.explain.Explanation.InputPart;
import org.elasticvision.runtime.explain.graph.ElasticBlock;
import org.elasticvision.runtime.explain.graph.ElasticBlocks;
import org.elasticvision.runtime.explain.graph.ObservedCopy;
import org.elasticvision.runtime.explain.graph.PooledHead;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.Preprocessor;
import org.elasticvision.runtime.image.pixels.DecodedImage;
import org.elasticvision.runtime.image.pixels.Letterbox;
import org.elasticvision.runtime.image.resample.InputGeometry;
import org.elasticvision.runtime.image.resample.Span;
import org.elasticvision.runtime.io.TemporaryFolder;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.runtime.onnx.ModelContent;
import org.elasticvision.runtime.onnx.OnnxGraph;
import org.elasticvision.runtime.onnx.OnnxInput;
import org.elasticvision.runtime.session.SessionChecks;

/**
 * A model that is open to be looked into: it answers images as {@link org.elasticvision.runtime.Model} does, on the CPU, and shows what the
 * answer comes from.
 *
 * <pre>{@code
 * try (Explainer explainer = Explainer.open(Path.of("resnext50_elastic.onnx"))) {
 *     Explanation explanation = explainer.explain(ImageSource.of(Path.of("photo.jpg")));
 *     explanation.policy().ifPresent(policy -> policy.blocks()
 *             .forEach(block -> System.out.printf("%s %+.3f%n", block.name(), block.score())));
 * }
 * }</pre>
 *
 * <p>Elastic blocks and the head are found by the structure of the graph, whether the model is literal or optimized, fp32, fp16 or int8 with
 * Q/DQ pairs. {@link #notes()} says in words what a network does not have.
 *
 * <p>While open, it keeps a copy of the model in the temporary folder. It owns native memory: close it. Any number of threads may use one;
 * images are decoded side by side, the network runs for one at a time.
 */
public final class Explainer implements AutoCloseable {
    private final Path file;
    private final ModelInfo info;
    private final ModelOptions options;
    private final Preprocessor preprocessor;
    private final Orientation orientation;
    private final List<ElasticBlock> blocks;
    private final Optional<PooledHead> head;
    private final TensorShape inputShape;
    private final TemporaryFolder folder;
    private final Probe probe;
    private final FloatBuffer input;
    private boolean closed;

    private Explainer(Path file, OnnxGraph graph, ModelOptions options, TemporaryFolder folder) {
        this.file = file;
        this.options = options;
        this.folder = folder;
        ModelInfo own = ModelInfo.fromMetadata(file.toString(), graph.metadata());
        info = own.withPreprocessing(options.preprocessing().apply(own.preprocessing()));
        inputShape = shape("input", graph.inputs());
        SessionChecks.check(file, info, inputShape, shape("output", graph.outputs()));
        preprocessor = new Preprocessor(info.preprocessing(), options.engine().effectiveThreads());
        orientation = options.orientation()
                .orElseGet(() -> Orientation.of(info.preprocessing().view()));
        blocks = ElasticBlocks.in(graph);
        head = info.task().isPerPixel() ? Optional.empty() : PooledHead.of(graph);
        int batch = Math.max(1, inputShape.batch());
        input = DirectBuffers.floats(Math.multiplyExact(batch, preprocessor.elementCount()));
        probe = ObservedCopy.open(
                file, observed(graph), folder, options.engine().withProvider(Provider.CPU));
    }

    /**
     * Opens a model with {@link ModelOptions#defaults()}.
     *
     * @param model an ONNX model that {@code elastic convert} wrote
     * @return the open model
     */
    public static Explainer open(Path model) {
        return open(model, ModelOptions.defaults());
    }

    /**
     * Opens a model.
     *
     * @param model an ONNX model that {@code elastic convert} wrote
     * @param options threads, preprocessing and how images are decoded; the provider is the CPU whatever they say
     * @return the open model
     * @throws ModelException where the file is missing, damaged, not an ONNX model, or says nothing of its task
     */
    public static Explainer open(Path model, ModelOptions options) {
        Engine.check(model);
        if (!ModelContent.isOnnx(model)) {
            throw new ModelException(model
                    + " is not an ONNX model, whose graph is read to explain its answers; give the" + " .onnx file");
        }
        OnnxGraph graph = OnnxGraph.read(model);
        TemporaryFolder folder = TemporaryFolder.create("explain");
        try {
            return new Explainer(model, graph, options, folder);
        } catch (RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    private TensorShape shape(String what, List<OnnxInput> ends) {
        if (ends.size() != 1 || !ends.get(0).isFloat() || ends.get(0).shape() == null) {
            throw new ModelException(file + " does not have one float32 " + what
                    + " of known shape, as image networks have; convert the checkpoint with 'elastic convert'");
        }
        long[] shape = ends.get(0).shape();
        try {
            return TensorShape.of(
                    Arrays.stream(shape).mapToInt(Math::toIntExact).toArray());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ModelException(
                    file + ": its " + what + " has the shape " + Arrays.toString(shape)
                            + ", of which only the batch may be open; convert the checkpoint with 'elastic convert'",
                    e);
        }
    }

    private List<String> observed(OnnxGraph graph) {
        Set<String> known = new HashSet<>(Set.of(graph.outputs().get(0).name()));
        List<String> values = new ArrayList<>();
        for (ElasticBlock block : blocks) {
            values.add(block.high());
            values.add(block.low());
        }
        head.ifPresent(found -> values.add(found.features()));
        return values.stream().filter(known::add).toList();
    }

    /** {@return what the model says of itself} */
    public ModelInfo info() {
        return info;
    }

    /** {@return the file that was opened} */
    public Path file() {
        return file;
    }

    /** {@return the names of the network's Elastic blocks, in the order in which it runs them; none where it is not Elastic} */
    public List<String> blocks() {
        return blocks.stream().map(ElasticBlock::name).toList();
    }

    /** {@return one line for each thing that cannot be shown of this network, and why} */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (blocks.isEmpty()) {
            notes.add("no scale policies: " + file + " (" + info.architecture()
                    + ") has no Elastic block, where two resolutions of one value are convolved and joined");
        }
        if (head.isEmpty() && !info.task().isPerPixel()) {
            notes.add("no class activation maps: " + file + " (" + info.architecture()
                    + ") does not end in global average pooling and one linear layer");
        }
        return List.copyOf(notes);
    }

    /**
     * Explains the answer about an image: for a classification the likeliest class, for label sets each label that was found.
     *
     * @param image the image
     * @return the explanation
     * @throws org.elasticvision.runtime.base.ImageException if it cannot be decoded
     * @throws ModelException where the network fails
     * @throws IllegalStateException after {@link #close()}
     */
    public Explanation explain(ImageSource image) {
        return explain(image, OptionalInt.empty());
    }

    /**
     * Explains the score of one class, likely or not.
     *
     * @param image the image
     * @param classIndex counted from 0; not for segmentations
     * @return the explanation
     * @throws IllegalArgumentException if there is no such class, or the model answers for each pixel
     */
    public Explanation explain(ImageSource image, int classIndex) {
        if (info.task() == Task.SEGMENTATION
                || classIndex < 0
                || classIndex >= info.labels().size()) {
            throw new IllegalArgumentException("class " + classIndex + " of a " + info.task() + " model with "
                    + info.labels().size() + " classes has no activation map");
        }
        return explain(image, OptionalInt.of(classIndex));
    }

    private Explanation explain(ImageSource source, OptionalInt chosen) {
        DecodedImage image = options.fastDecode()
                ? preprocessor.decodeReduced(source, orientation)
                : DecodedImage.of(source.decode(orientation));
        return run(image, chosen);
    }

    private synchronized Explanation run(DecodedImage image, OptionalInt chosen) {
        if (closed) {
            throw new IllegalStateException(file + " is closed");
        }
        Letterbox placement = preprocessor.write(image, input, 0);
        Set<String> kept = new HashSet<>(Set.of(probe.outputs().get(0)));
        head.ifPresent(found -> kept.add(found.features()));
        ObservedRun run = new ObservedRun(probe.outputs(), kept);
        probe.run(input, inputShape.withBatch(Math.max(1, inputShape.batch())), run);
        float[] logits = run.value(probe.outputs().get(0)).numbers();
        try {
            Prediction answer = answer(FloatBuffer.wrap(logits), image, placement);
            return new Explanation(
                    image.pixels(),
                    answer,
                    seen(image, placement),
                    blocks.isEmpty() ? Optional.empty() : Optional.of(policy(run)),
                    head.map(found -> activations(found, run, classes(answer, chosen)))
                            .orElse(List.of()),
                    info.task().isPerPixel()
                            ? Optional.of(Uncertainty.of(
                                    logits,
                                    info.labels().size(),
                                    info.preprocessing().width(),
                                    info.preprocessing().height()))
                            : Optional.empty());
        } catch (ArithmeticException e) {
            throw new ModelException(
                    file + " answered with values that are not numbers: its weights are damaged, or " + info.precision()
                            + " is too narrow for them; convert it again, in fp32",
                    e);
        }
    }

    private Prediction answer(FloatBuffer logits, DecodedImage image, Letterbox placement) {
        Preprocessing preprocessing = info.preprocessing();
        return switch (info.task()) {
            case CLASSIFICATION -> Classification.of(logits, info.labels());
            case MULTI_LABEL -> LabelSet.of(logits, info.labels());
            case SEGMENTATION ->
                Segmentation.of(
                        logits,
                        new Framing(
                                preprocessing.width(),
                                preprocessing.height(),
                                placement,
                                image.width(),
                                image.height()),
                        info.labels());
        };
    }

    private InputPart seen(DecodedImage image, Letterbox placement) {
        Preprocessing preprocessing = info.preprocessing();
        InputGeometry geometry = new InputGeometry(preprocessing);
        Span across = geometry.across(image.width(), image.height());
        Span down = geometry.down(image.width(), image.height());
        return new InputPart(
                (double) (across.from() - placement.x()) / across.size(),
                (double) (down.from() - placement.y()) / down.size(),
                (double) preprocessing.width() / across.size(),
                (double) preprocessing.height() / down.size());
    }

    private ScalePolicy policy(ObservedRun run) {
        return new ScalePolicy(blocks.stream()
                .map(block -> {
                    int[] shape = run.value(block.high()).shape();
                    double high = finite(run.value(block.high()).mean());
                    double low = finite(run.value(block.low()).mean());
                    return new ScalePolicy.Block(block.name(), high, low, shape[1], shape[2]);
                })
                .toList());
    }

    private static double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new ArithmeticException("not a number");
        }
        return number;
    }

    /** The classes whose maps are wanted, the likeliest first. */
    private static List<Score> classes(Prediction answer, OptionalInt chosen) {
        if (answer instanceof Classification classification) {
            return chosen.isEmpty()
                    ? List.of(classification.best())
                    : classification.ranking().stream()
                            .filter(score -> score.index() == chosen.getAsInt())
                            .toList();
        }
        LabelSet labels = (LabelSet) answer;
        return chosen.isEmpty() ? labels.present() : List.of(labels.scores().get(chosen.getAsInt()));
    }

    private List<ClassActivation> activations(PooledHead found, ObservedRun run, List<Score> classes) {
        ObservedRun.Value features = run.value(found.features());
        int[] shape = features.shape();
        if (shape.length != 3 || shape[0] != found.weights()[0].length) {
            throw new ModelException(file + ": its last layer does not weight averages of whole channels (features "
                    + Arrays.toString(shape) + ", weights for " + found.weights()[0].length
                    + "); its class activation maps cannot be computed");
        }
        return classes.stream()
                .map(score -> new ClassActivation(
                        score, weighted(features.numbers(), found.weights()[score.index()], shape[1], shape[2])))
                .toList();
    }

    private static HeatMap weighted(float[] features, float[] weights, int height, int width) {
        int cells = height * width;
        double[] sums = new double[cells];
        for (int k = 0; k < weights.length; k++) {
            for (int i = 0; i < cells; i++) {
                sums[i] += (double) weights[k] * features[k * cells + i];
            }
        }
        float[] values = new float[cells];
        for (int i = 0; i < cells; i++) {
            values[i] = (float) sums[i];
        }
        return new HeatMap(width, height, values);
    }

    /** Waits for a running call, frees the network and deletes the copy. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            probe.close();
            folder.close();
        }
    }
}
