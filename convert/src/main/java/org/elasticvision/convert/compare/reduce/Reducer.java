package org.elasticvision.convert.compare.reduce;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.compare.Agreement;
import org.elasticvision.convert.onnx.extract.ModelParts;
import org.elasticvision.convert.onnx.extract.SubModel;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.io.TemporaryFolder;

/**
 * Finds the smallest sub-model in which two differ. First, by bisection over the values that both have, the first value that differs while
 * all that it is made of agree: a value is told by running what comes before it in both, as engines show outputs alone. Then where the
 * sub-model can begin: at one node, with its other inputs as constants, else at the nearest value that all of the input goes through. For one
 * thread; keeps files in the temporary folder while open.
 */
public final class Reducer implements AutoCloseable {
    private record Difference(Tensor answered, Tensor differing, double error) {}

    private final TemporaryFolder folder = TemporaryFolder.create("reduce");
    private final ModelParts expectedParts;
    private final ModelParts actualParts;
    private final Runner expected;
    private final Runner actual;
    private final double tolerance;
    private final SameValues values;
    private final Map<String, Difference> known = new HashMap<>();
    private Tensor input;
    private int runs;

    /**
     * Reads both models, which may be one file.
     *
     * @param expectedModel what is right
     * @param expected what runs it
     * @param actualModel the same network in another form, or the same file
     * @param actual what runs that
     * @param tolerance the largest error that is no difference, as a share of the largest value expected
     * @throws ModelException if one cannot be read, or has not one input and one output
     */
    public Reducer(Path expectedModel, Runner expected, Path actualModel, Runner actual, double tolerance) {
        this.expected = expected;
        this.actual = actual;
        this.tolerance = tolerance;
        try {
            this.expectedParts = parts(expectedModel);
            this.actualParts = expectedModel.equals(actualModel) ? expectedParts : parts(actualModel);
            this.values = new SameValues(expectedParts, actualParts);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static ModelParts parts(Path model) {
        ModelParts parts = ModelParts.of(model);
        if (parts.inputs().size() != 1 || parts.outputs().size() != 1) {
            throw new ModelException(model + " has " + parts.inputs().size() + " inputs and "
                    + parts.outputs().size()
                    + " outputs, and only models of one each can be reduced; take a part of it with"
                    + " 'elastic extract'");
        }
        parts.inferTypes();
        return parts;
    }

    /**
     * Searches.
     *
     * @param inputs for the whole network; the one for which the two differ most is taken
     * @return empty where they agree about all of them
     * @throws ModelException where one of the two cannot run the network
     */
    public Optional<Reduction> reduce(List<Tensor> inputs) {
        String output = expectedParts.outputs().get(0);
        if (!actualParts.outputs().get(0).equals(output)) {
            throw new ElasticVisionException("the outputs are called '" + output + "' and '"
                    + actualParts.outputs().get(0) + "', so the two are not of one network; give two forms of one");
        }
        double largest = -1;
        Tensor worst = null;
        for (Tensor one : inputs) {
            input = one;
            known.clear();
            double error = at(output).error();
            if (error > largest) {
                largest = error;
                worst = one;
            }
        }
        if (worst == null || !(largest > tolerance)) {
            return Optional.empty();
        }
        input = worst;
        known.clear();
        return Optional.of(shrunk(firstDiffering(output)));
    }

    /** {@return how many sub-models were run in both} */
    public int runs() {
        return runs;
    }

    private String firstDiffering(String output) {
        String bad = bisected(output);
        while (true) {
            Optional<String> earlier =
                    values.sources(bad).stream().filter(this::differs).findFirst();
            if (earlier.isEmpty()) {
                return bad;
            }
            bad = bisected(earlier.get()); // on another branch than the bisection took
        }
    }

    /** Between two neighbours in the order of the network, of which the second differs and the first does not. */
    private String bisected(String differing) {
        List<String> order = values.before(differing);
        int agrees = -1;
        int differs = order.indexOf(differing);
        while (differs - agrees > 1) {
            int middle = (agrees + differs) >>> 1;
            if (differs(order.get(middle))) {
                differs = middle;
            } else {
                agrees = middle;
            }
        }
        return order.get(differs);
    }

    private boolean differs(String value) {
        return at(value).error() > tolerance;
    }

    /** A value of the whole network. */
    private Difference at(String value) {
        return known.computeIfAbsent(value, name -> run(whole(expectedParts, name), whole(actualParts, name), input));
    }

    private static SubModel whole(ModelParts parts, String value) {
        return parts.extract(value, List.of()).withFloat32Ports();
    }

    private Difference run(SubModel one, SubModel other, Tensor given) {
        runs++;
        Path first = folder.resolve("expected.onnx");
        one.write(first);
        Tensor answered = expected.run(first, given);
        Path second = folder.resolve("actual.onnx");
        other.write(second);
        Tensor differing = actual.run(second, given);
        if (!answered.shape().equals(differing.shape())) {
            throw new ModelException("the values '" + one.output() + "' of the two have the shapes " + answered.shape()
                    + " and " + differing.shape() + "; give two forms of one network");
        }
        Agreement agreement = new Agreement();
        agreement.add(answered.values(), differing.values(), 1);
        return new Difference(answered, differing, agreement.relativeError());
    }

    private Reduction shrunk(String bad) {
        List<String> sources = values.sources(bad);
        if (sources.size() > 1) {
            for (String source : sources) {
                Optional<Reduction> one = beginning(bad, source, sources);
                if (one.isPresent()) {
                    return one.get();
                }
            }
        }
        for (String cut : values.cuts(bad)) {
            Optional<Reduction> one = beginning(bad, cut, List.of(cut));
            if (one.isPresent()) {
                return one.get();
            }
        }
        Difference whole = at(bad);
        return reduction(bad, whole(expectedParts, bad), whole(actualParts, bad), input, whole);
    }

    /** The sub-model that begins at one value, others as constants; empty where it shows nothing, or one of the two does not take it. */
    private Optional<Reduction> beginning(String bad, String begin, List<String> from) {
        SubModel one = expectedParts.extract(bad, from).withFloat32Ports();
        SubModel other = actualParts.extract(bad, from).withFloat32Ports();
        for (String constant : from) {
            if (!constant.equals(begin)) {
                Tensor value = at(constant).answered();
                one = one.withConstant(constant, value);
                other = other.withConstant(constant, value);
            }
        }
        if (!one.inputs().equals(List.of(begin)) || !other.inputs().equals(List.of(begin))) {
            return Optional.empty();
        }
        try {
            Difference found = run(one, other, at(begin).answered());
            return found.error() > tolerance
                    ? Optional.of(reduction(bad, one, other, at(begin).answered(), found))
                    : Optional.empty();
        } catch (ModelException e) {
            return Optional.empty(); // an engine need not take every part of what it takes as a whole
        }
    }

    private Reduction reduction(String bad, SubModel one, SubModel other, Tensor given, Difference found) {
        return new Reduction(
                bad,
                expectedParts.operator(bad),
                one,
                other,
                given,
                found.answered(),
                found.differing(),
                found.error());
    }

    @Override
    public void close() {
        folder.close();
    }
}
