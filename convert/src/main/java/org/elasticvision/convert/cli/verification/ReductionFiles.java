package org.elasticvision.convert.cli.verification;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.elasticvision.convert.compare.reduce.Reduction;
import org.elasticvision.convert.onnx.extract.TensorFile;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.runtime.io.CommandText;
import org.elasticvision.runtime.io.npy.NpyFile;

/**
 * A reduction as files of a folder: both sub-models, the input and both outputs as NumPy files, the input and what is expected as ONNX's test
 * data too, and the command that repeats it.
 */
public final class ReductionFiles {
    /** The names of the files, but for the test data in a folder of its own. */
    public static final List<String> NAMES =
            List.of("expected.onnx", "actual.onnx", "input.npy", "expected.npy", "actual.npy", "repeat.txt");

    private final Path folder;

    /** Into a folder that exists. */
    public ReductionFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the files and says what was found.
     *
     * @param found the sub-model
     * @param tolerance beyond which it differs
     * @param options of the engine that runs the second, as words of a command
     * @param out gets the lines
     */
    public void write(Reduction found, double tolerance, List<String> options, PrintWriter out) {
        Path expected = folder.resolve("expected.onnx");
        Path actual = folder.resolve("actual.onnx");
        found.expected().write(expected);
        found.actual().write(actual);
        Path input = npy("input.npy", found.input());
        npy("expected.npy", found.answered());
        npy("actual.npy", found.differing());
        Path data = folder.resolve("test_data_set_0");
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new ElasticVisionException(data + ": this folder cannot be made; give another to --reduce", e);
        }
        TensorFile.write(data.resolve("input_0.pb"), found.expected().inputs().get(0), found.input());
        TensorFile.write(data.resolve("output_0.pb"), found.expected().output(), found.answered());
        List<Object> words = new ArrayList<>(List.of("verify", "--tensor", input, "--tolerance", tolerance));
        words.addAll(options);
        words.add(expected);
        words.add(actual);
        String repeat = CommandText.of(words.toArray());
        AtomicFile.write(
                folder.resolve("repeat.txt"), file -> file.write((repeat + "\n").getBytes(StandardCharsets.UTF_8)));
        out.printf(
                Locale.ROOT,
                "the first value that differs is %s (%s): by %.3g of its largest value, %.4g%n",
                found.value(),
                found.operator(),
                found.error(),
                largest(found.answered()));
        out.printf(
                "the smallest part that shows it: %d %s (%s), %s to %s%n",
                found.expected().nodeCount(),
                found.expected().nodeCount() == 1 ? "node" : "nodes",
                operators(found.expected().operators()),
                found.expected().inputText(),
                found.expected().outputText());
        out.println(expected + ", " + actual
                + ", input.npy, expected.npy, actual.npy and test_data_set_0 are written; repeat it:");
        out.println("  " + repeat);
        out.flush();
    }

    private static String operators(List<String> operators) {
        int shown = 8;
        return operators.size() <= shown
                ? String.join(", ", operators)
                : String.join(", ", operators.subList(0, shown)) + ", ...";
    }

    private static double largest(Tensor tensor) {
        double largest = 0;
        for (float value : tensor.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private Path npy(String name, Tensor tensor) {
        Path file = folder.resolve(name);
        NpyFile.writeFloats(file, tensor.values(), tensor.shape().toArray());
        return file;
    }
}
