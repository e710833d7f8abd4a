package org.elasticvision.runtime.explain.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.explain.PolicySurvey;
import org.elasticvision.runtime.explain.PolicySurvey.BlockMean;
import org.elasticvision.runtime.explain.PolicySurvey.Group;
import org.elasticvision.runtime.model.Label;

/**
 * A {@link PolicySurvey} as the rows of a table: all images, then the sizes of objects, then the classes.
 *
 * @param rows the groups with their names; the first is all images
 * @param classesLeftOut of how many classes, those with the fewest images, there is no row
 */
public record SurveyRows(List<Row> rows, int classesLeftOut) {
    public SurveyRows {
        rows = List.copyOf(rows);
    }

    /**
     * One row.
     *
     * @param name of the group
     * @param group its images
     */
    public record Row(String name, Group group) {}

    /**
     * Makes the rows of a survey of at least one image.
     *
     * @param survey the survey
     * @param labels of the model, in class order
     * @param mostClasses how many classes at most; those with the most images
     * @return the rows
     */
    public static SurveyRows of(PolicySurvey survey, List<Label> labels, int mostClasses) {
        List<Row> rows = new ArrayList<>(List.of(new Row("all images", survey.all())));
        survey.sizes().forEach((size, group) -> rows.add(new Row("with " + size.id() + " objects", group)));
        Map<Integer, Group> classes = survey.classes();
        classes.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().images()))
                .limit(mostClasses)
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> rows.add(new Row(labels.get(entry.getKey()).name(), entry.getValue())));
        return new SurveyRows(rows, Math.max(0, classes.size() - mostClasses));
    }

    /** {@return for each row the mean score of each block, in parts of the largest of all} */
    public List<double[]> scores() {
        double largest = rows.stream()
                .flatMap(row -> row.group().blocks().stream())
                .mapToDouble(block -> Math.abs(block.score()))
                .max()
                .orElse(0);
        return rows.stream()
                .map(row -> row.group().blocks().stream()
                        .mapToDouble(block -> largest > 0 ? block.score() / largest : 0)
                        .toArray())
                .toList();
    }

    /**
     * {@return for each row but the first how far the mean score of each block is from that of all images, in standard deviations of all images' scores: what
     * depends on what is in the picture}
     */
    public List<double[]> differences() {
        List<BlockMean> all = rows.get(0).group().blocks();
        List<double[]> differences = new ArrayList<>();
        for (Row row : rows.subList(1, rows.size())) {
            double[] parts = new double[all.size()];
            for (int i = 0; i < parts.length; i++) {
                double distance =
                        row.group().blocks().get(i).score() - all.get(i).score();
                parts[i] = all.get(i).deviation() > 0 ? distance / all.get(i).deviation() : 0;
            }
            differences.add(parts);
        }
        return differences;
    }
}
