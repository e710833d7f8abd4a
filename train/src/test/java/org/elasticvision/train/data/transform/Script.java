package org.elasticvision.train.data.transform;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random numbers that are known beforehand. */
public final class Script implements RandomGenerator {
    private final Deque<Double> uniforms;
    private final Deque<Integer> wholes;

    public Script(List<Double> uniforms, List<Integer> wholes) {
        this.uniforms = new ArrayDeque<>(uniforms);
        this.wholes = new ArrayDeque<>(wholes);
    }

    /** Numbers as in reference.tsv, a space between. */
    public static Script of(String uniforms, String wholes) {
        return new Script(
                Arrays.stream(uniforms.split(" ", -1)).map(Double::valueOf).toList(),
                wholes.isEmpty()
                        ? List.of()
                        : Arrays.stream(wholes.split(" ", -1))
                                .map(Integer::valueOf)
                                .toList());
    }

    @Override
    public double nextDouble() {
        return uniforms.remove();
    }

    @Override
    public int nextInt(int bound) {
        int next = wholes.remove();
        if (next >= bound) {
            throw new AssertionError(next + " is not below " + bound);
        }
        return next;
    }

    @Override
    public long nextLong() {
        throw new AssertionError("only nextDouble and nextInt are foreseen");
    }

    public boolean isUsedUp() {
        return uniforms.isEmpty() && wholes.isEmpty();
    }
}
