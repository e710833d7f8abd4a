package org.elasticvision.runtime.gpu;

import java.util.Arrays;
import java.util.List;

/** For which GPUs each part has code. */
public final class GpuCode {
    private static final List<String[]> TABLE = Tables.read("kernels.tsv");

    private GpuCode() {}

    /**
     * {@return whether a part has code that a GPU runs}
     *
     * @param part which; one that has no code of its own runs on every GPU
     * @param major of the GPU's compute capability, such as 9 of 9.0
     * @param minor of the GPU's compute capability
     */
    public static boolean runs(GpuPart part, int major, int minor) {
        List<String> codes = codes(part);
        return codes.isEmpty() || codes.stream().anyMatch(code -> runs(code, major, minor));
    }

    /**
     * {@return the compute capabilities that a part has code for, human-readable}
     *
     * @param part which
     */
    public static String text(GpuPart part) {
        return String.join(", ", codes(part).stream().map(GpuCode::text).toList());
    }

    private static boolean runs(String code, int major, int minor) {
        int number = Integer.parseInt(code.replaceAll("\\D", ""));
        int codeMajor = number / 10;
        int codeMinor = number % 10;
        if (code.endsWith("+")) {
            return major > codeMajor || (major == codeMajor && minor >= codeMinor);
        }
        return major == codeMajor && (code.endsWith("a") ? minor == codeMinor : minor >= codeMinor);
    }

    private static String text(String code) {
        int number = Integer.parseInt(code.replaceAll("\\D", ""));
        return number / 10 + "." + number % 10 + (code.endsWith("+") ? " and later" : "");
    }

    private static List<String> codes(GpuPart part) {
        return TABLE.stream()
                .filter(row -> row[0].equals(part.id()))
                .findFirst()
                .map(row -> Arrays.asList(row[1].split(" ")))
                .orElse(List.of());
    }
}
