package org.elasticvision.train.data.loading;

import java.nio.FloatBuffer;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.data.TrainingData;

/** Examples made of nothing: the class is the index, and every value of the input is random but the first, the index. */
final class DrawnData implements TrainingData {
    static final int VALUES = 12;

    final AtomicInteger loaded = new AtomicInteger();
    private final int size;
    private final Set<Integer> bad;

    DrawnData(int size, Integer... bad) {
        this.size = size;
        this.bad = Set.of(bad);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public String name(int index) {
        return "example " + index;
    }

    @Override
    public int height() {
        return 2;
    }

    @Override
    public int width() {
        return 2;
    }

    @Override
    public Target load(int index, RandomGenerator random, FloatBuffer images, int offset) {
        loaded.incrementAndGet();
        if (bad.contains(index)) {
            throw new ImageException(name(index) + " is damaged");
        }
        for (int i = 0; i < VALUES; i++) {
            images.put(offset + i, i == 0 ? index : random.nextFloat());
        }
        return new Target.Classes(new int[] {index});
    }
}
