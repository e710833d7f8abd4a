package org.elasticvision.runtime.engine.choice;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a model decides in which engine it is faster.
 *
 * @param precision in what it is computed: {@code fp32}, {@code bf16}, {@code fp16} or {@code int8}
 * @param family of its network: one of {@link #FAMILIES}
 * @param isElastic whether its blocks see their input at half the resolution too
 */
public record ModelKind(String precision, String family, boolean isElastic) {
    /** Networks that are like none of the others. */
    public static final String OTHER = "other";

    /** The words of the table for networks; names of architectures begin with them. */
    public static final List<String> FAMILIES = List.of("se_resnext", "resnext", "dla", "densenet", OTHER);

    static final List<String> PRECISIONS = List.of("fp32", "bf16", "fp16", "int8");
    static final String ELASTIC = "_elastic";

    public ModelKind {
        if (!FAMILIES.contains(family)) {
            throw new IllegalArgumentException("family " + family + " must be one of " + FAMILIES);
        }
    }

    /**
     * {@return the kind of a network of the zoo}
     *
     * @param precision in what it is computed
     * @param architecture its name
     */
    public static ModelKind of(String precision, String architecture) {
        String family =
                FAMILIES.stream().filter(architecture::startsWith).findFirst().orElse(OTHER);
        return new ModelKind(precision, family, architecture.endsWith(ELASTIC));
    }

    /**
     * {@return the same model computed in something else}
     *
     * @param other in place of the present one
     */
    public ModelKind withPrecision(String other) {
        return new ModelKind(other, family, isElastic);
    }

    /** {@return the words of the table that stand for its network, the nearest first} */
    Set<String> families() {
        Set<String> families = new LinkedHashSet<>();
        if (isElastic) {
            families.add(family + ELASTIC);
        }
        families.add(family);
        families.add(OTHER);
        return families;
    }

    /** {@return such as {@code resnext_elastic in int8}} */
    @Override
    public String toString() {
        return family + (isElastic ? ELASTIC : "") + " in " + precision;
    }
}
