package org.elasticvision.runtime.engine.choice;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.cpu.CpuMaker;

/** The measured speeds of {@code cpu-engines.tsv}, which {@code ci/cpu-engines.sh} prints. Immutable. */
public final class SpeedTable {
    /** By how much oneDNN must be faster: less is within what runs differ by. */
    static final double WORTH = 1.05;

    private static final String FILE = "cpu-engines.tsv";

    private final List<Measurement> rows;

    private SpeedTable(List<Measurement> rows) {
        this.rows = rows;
    }

    /** {@return the table of this library} */
    public static SpeedTable load() {
        try (InputStream in = SpeedTable.class.getResourceAsStream(FILE)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a table of lines; those that begin with # are remarks} */
    static SpeedTable parse(String text) {
        return new SpeedTable(text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Measurement::parse)
                .toList());
    }

    /** {@return all rows, in the order of the file} */
    public List<Measurement> rows() {
        return rows;
    }

    /** {@return the words for precisions} */
    public static List<String> precisions() {
        return ModelKind.PRECISIONS;
    }

    /**
     * {@return the families of networks for which oneDNN is to be taken, in the order of the table's words; {@code all} where it is for each}
     *
     * @param level of the processor
     * @param precision in which they are computed
     * @param processor its name; empty where it is not known
     */
    public List<String> favouring(InstructionLevel level, String precision, Optional<String> processor) {
        List<String> favoured = new ArrayList<>();
        int kinds = 0;
        for (String family : ModelKind.FAMILIES) {
            for (boolean isElastic : new boolean[] {false, true}) {
                ModelKind kind = new ModelKind(precision, family, isElastic);
                kinds++;
                if (find(level, kind, processor)
                        .filter(Measurement::favoursOneDnn)
                        .isPresent()) {
                    favoured.add(isElastic ? family + ModelKind.ELASTIC : family);
                }
            }
        }
        return favoured.size() == kinds ? List.of("all") : favoured;
    }

    /**
     * Looks up a model: at the processor's level its family with Elastic or without, then its family, then other networks; then the
     * same at the next lower level that was measured. Of several rows, those of this very processor's name, else those of its maker's, and of these
     * the one that favours oneDNN least.
     *
     * @param level of the processor
     * @param kind of the model
     * @param processor its name; empty where it is not known
     * @return empty where nothing of the precision was measured at the level or below
     */
    public Optional<Measurement> find(InstructionLevel level, ModelKind kind, Optional<String> processor) {
        for (InstructionLevel one : level.downwards()) {
            for (String family : kind.families()) {
                Optional<Measurement> found = rows.stream()
                        .filter(row -> row.level() == one)
                        .filter(row -> row.precision().equals(kind.precision()))
                        .filter(row -> row.family().equals(family))
                        .min(Comparator.comparing((Measurement row) -> !processor.equals(Optional.of(row.processor())))
                                .thenComparing(
                                        row -> !processor.map(CpuMaker::of).equals(Optional.of(row.maker())))
                                .thenComparing(Measurement::ratio));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
