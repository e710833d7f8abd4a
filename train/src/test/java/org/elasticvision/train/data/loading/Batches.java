package org.elasticvision.train.data.loading;

import java.util.ArrayList;
import java.util.List;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Pictures;
import org.elasticvision.train.data.Target;

/** Batches with their images copied, so that they can be compared later. */
final class Batches {
    record Copy(List<Integer> labels, List<Float> images) {}

    private Batches() {}

    static List<Copy> all(Epoch epoch) {
        List<Copy> copies = new ArrayList<>();
        for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
            copies.add(copy(batch));
        }
        return copies;
    }

    static Copy copy(Batch batch) {
        List<Integer> labels = new ArrayList<>();
        for (int label : ((Target.Classes) batch.target()).labels()) {
            labels.add(label);
        }
        return new Copy(labels, list(Pictures.floats(batch.images())));
    }

    static List<Float> list(float[] values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }
}
