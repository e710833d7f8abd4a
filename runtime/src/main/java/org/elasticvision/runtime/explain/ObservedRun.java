package org.elasticvision.runtime.explain;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticvision.runtime.engine.Probe;

/** Receives the values of one run: of some the average of the first image, of others all its numbers. For one run. */
final class ObservedRun implements Probe.Visitor {
    private final List<String> names;
    private final Set<String> kept;
    private final Map<String, Value> values = new HashMap<>();

    /**
     * @param names of the outputs, in their order
     * @param kept of which all numbers are wanted
     */
    ObservedRun(List<String> names, Set<String> kept) {
        this.names = names;
        this.kept = kept;
    }

    /**
     * A value of the first image of the batch.
     *
     * @param shape without the batch
     * @param mean of all numbers
     * @param numbers in row-major order; none where only the mean is wanted
     */
    @SuppressWarnings("ArrayRecordComponent") // for one reader
    record Value(int[] shape, double mean, float[] numbers) {}

    @Override
    public void value(int index, float[] found) {
        throw new IllegalStateException("a value without its shape");
    }

    @Override
    public void value(int index, int[] shape, float[] found) {
        String name = names.get(index);
        int[] own = Arrays.copyOfRange(shape, 1, shape.length);
        int size = found.length / shape[0];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += found[i];
        }
        float[] numbers = kept.contains(name) ? Arrays.copyOf(found, size) : new float[0];
        values.put(name, new Value(own, sum / size, numbers));
    }

    Value value(String name) {
        return values.get(name);
    }
}
