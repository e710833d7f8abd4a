import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.elasticvision.runtime.cpu.CpuFeatures;
import org.elasticvision.runtime.engine.choice.InstructionLevel;
import org.elasticvision.runtime.engine.choice.ModelKind;
import org.elasticvision.runtime.engine.onednn.natives.OneDnn;

/**
 * The rows of the runtime's {@code cpu-engines.tsv}: for each precision and family the geometric mean over the networks of ONNX Runtime's
 * time by oneDNN's. The level is the one that oneDNN says it uses, so that {@code OLDER_CPU} and {@code ONEDNN_MAX_CPU_ISA} give rows of a
 * lower one.
 */
final class TableRows {
    private static final String SEGMENTATION = "seg:";

    /** Precision, and whose times are compared. */
    private static final List<String[]> PAIRS = List.of(
            new String[] {"fp32", "ORT fp32", "oneDNN fp32"},
            new String[] {"bf16", "ORT fp32", "oneDNN bf16"},
            new String[] {"fp16", "ORT fp16", "oneDNN fp16"},
            new String[] {"int8", "ORT int8", "oneDNN int8"});

    private final Path file;
    private final String level = InstructionLevel.ofName(OneDnn.instructions())
            .orElseThrow(() -> new IllegalStateException("--provider auto has no level for this machine"))
            .id();
    private final Map<String, List<Double>> ratios = new TreeMap<>();

    TableRows(Path file) {
        this.file = file;
    }

    /** Adds a network: the times of each contestant's blocks. */
    void add(String name, Map<String, double[]> times) {
        String architecture = name.startsWith(SEGMENTATION) ? name.substring(SEGMENTATION.length()) : name;
        for (String[] pair : PAIRS) {
            if (times.containsKey(pair[2])) {
                ModelKind kind = ModelKind.of(pair[0], architecture);
                String key = level + "\t" + pair[0] + "\t" + kind.family() + (kind.isElastic() ? "_elastic" : "");
                ratios.computeIfAbsent(key, one -> new ArrayList<>())
                        .add(median(times.get(pair[1]), times.get(pair[2])));
            }
        }
    }

    private static double median(double[] above, double[] below) {
        double[] all = new double[above.length];
        Arrays.setAll(all, block -> above[block] / below[block]);
        Arrays.sort(all);
        return all[all.length / 2];
    }

    void write() throws IOException {
        String processor = CpuFeatures.current().model().orElse("unknown")
                + (System.getenv("OLDER_CPU") == null ? "" : ", as if it had no more than " + System.getenv("OLDER_CPU"))
                + (System.getenv("ONEDNN_MAX_CPU_ISA") == null ? "" : ", oneDNN limited to " + level);
        List<String> rows = new ArrayList<>();
        ratios.forEach((key, all) -> rows.add(String.format(
                Locale.ROOT,
                "%s\t%.2f\t%s",
                key,
                Math.exp(all.stream().mapToDouble(Math::log).average().orElseThrow()),
                processor)));
        Files.write(file, rows);
    }
}
