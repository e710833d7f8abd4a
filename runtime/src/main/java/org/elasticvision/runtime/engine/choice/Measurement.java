package org.elasticvision.runtime.engine.choice;

import java.util.Locale;
import org.elasticvision.runtime.cpu.CpuMaker;

/**
 * A row of the table: how fast networks of one family ran in oneDNN, beside ONNX Runtime.
 *
 * @param level the instructions that oneDNN used
 * @param precision in what the networks were computed
 * @param family of the networks, as {@link ModelKind#families()} has it
 * @param ratio ONNX Runtime's time for an image by oneDNN's; with {@code bf16}, ONNX Runtime's in fp32
 * @param processor where it was measured
 */
public record Measurement(InstructionLevel level, String precision, String family, double ratio, String processor) {
    private static final int COLUMNS = 5;

    /** {@return a row} */
    static Measurement parse(String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException("'" + line + "' has " + columns.length + " columns, not " + COLUMNS);
        }
        Measurement row = new Measurement(
                InstructionLevel.ofId(columns[0]), columns[1], columns[2], Double.parseDouble(columns[3]), columns[4]);
        boolean isFamily = ModelKind.FAMILIES.contains(row.family.replace(ModelKind.ELASTIC, ""));
        if (!ModelKind.PRECISIONS.contains(row.precision) || !isFamily || !(row.ratio > 0)) {
            throw new IllegalArgumentException("'" + line + "' is not level, precision, family, ratio and processor");
        }
        return row;
    }

    CpuMaker maker() {
        return CpuMaker.of(processor);
    }

    /** {@return whether oneDNN was so much faster that it is worth taking} */
    public boolean favoursOneDnn() {
        return ratio > SpeedTable.WORTH;
    }

    /** {@return such as {@code 1.31 times as fast as ONNX Runtime (resnext in int8 with avx512_core_vnni on …)}} */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.2f times as fast as ONNX Runtime (%s in %s with %s on %s)",
                ratio,
                family,
                precision,
                level.id(),
                processor);
    }
}
