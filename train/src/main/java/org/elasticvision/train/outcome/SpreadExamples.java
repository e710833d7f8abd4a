package org.elasticvision.train.outcome;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.elasticvision.train.data.TrainingData;

/** Some examples of many, spread over their kinds and, within a kind, over all. */
final class SpreadExamples {
    private SpreadExamples() {}

    /**
     * As many of each kind as of the others, as far as there are enough; where there are more kinds than examples are wanted, one of
     * every so many kinds.
     *
     * @param count at most so many
     * @return ascending indices
     */
    static List<Integer> of(TrainingData data, int count) {
        Map<Integer, List<Integer>> byKind = new TreeMap<>();
        for (int i = 0; i < data.size(); i++) {
            byKind.computeIfAbsent(data.kind(i), kind -> new ArrayList<>()).add(i);
        }
        List<List<Integer>> kinds = spread(List.copyOf(byKind.values()), count);
        int[] shares = new int[kinds.size()];
        int left = Math.min(count, kinds.stream().mapToInt(List::size).sum());
        while (left > 0) {
            for (int kind = 0; kind < shares.length && left > 0; kind++) {
                if (shares[kind] < kinds.get(kind).size()) {
                    shares[kind]++;
                    left--;
                }
            }
        }
        return IntStream.range(0, shares.length)
                .boxed()
                .flatMap(kind -> spread(kinds.get(kind), shares[kind]).stream())
                .sorted()
                .toList();
    }

    /** The middles of equal parts. */
    private static <T> List<T> spread(List<T> all, int most) {
        return all.size() <= most
                ? all
                : IntStream.range(0, most)
                        .mapToObj(i -> all.get((int) ((2L * i + 1) * all.size() / (2L * most))))
                        .toList();
    }
}
