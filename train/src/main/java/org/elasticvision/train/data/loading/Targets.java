package org.elasticvision.train.data.loading;

import java.util.Arrays;
import java.util.List;
import org.elasticvision.train.data.Target;

/** Targets of single images put together to that of a batch. */
final class Targets {
    private Targets() {}

    /** @param parts all of one kind and shape */
    static Target join(List<Target> parts) {
        if (parts.isEmpty()) {
            return new Target.Classes(new int[0]);
        }
        Target first = parts.get(0);
        if (first instanceof Target.Classes) {
            return new Target.Classes(parts.stream()
                    .flatMapToInt(part -> Arrays.stream(((Target.Classes) part).labels()))
                    .toArray());
        }
        if (first instanceof Target.LabelSets sets) {
            float[] values = new float[parts.size() * sets.values().length];
            int at = 0;
            for (Target part : parts) {
                float[] source = ((Target.LabelSets) part).values();
                System.arraycopy(source, 0, values, at, source.length);
                at += source.length;
            }
            return new Target.LabelSets(values, sets.classes());
        }
        Target.Masks masks = (Target.Masks) first;
        byte[] pixels = new byte[Math.multiplyExact(parts.size(), masks.pixels().length)];
        int at = 0;
        for (Target part : parts) {
            byte[] source = ((Target.Masks) part).pixels();
            System.arraycopy(source, 0, pixels, at, source.length);
            at += source.length;
        }
        List<Target.WholeMask> whole = parts.stream()
                .flatMap(part -> ((Target.Masks) part).whole().stream())
                .toList();
        return new Target.Masks(pixels, masks.height(), masks.width(), whole);
    }
}
