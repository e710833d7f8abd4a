import java.nio.file.Path;
import org.elasticvision.runtime.io.npy.NpyFile;

/**
 * How far two arrays of one shape are apart: the root of the mean squared difference as a share of that of the expected values. Run as
 * {@code java -cp … Distance.java EXPECTED.npy ANSWER.npy MOST}; exit code 1 past MOST.
 */
final class Distance {
    private Distance() {}

    public static void main(String[] arguments) {
        float[] expected = NpyFile.read(Path.of(arguments[0])).toFloats();
        float[] answer = NpyFile.read(Path.of(arguments[1])).toFloats();
        if (expected.length != answer.length) {
            throw new IllegalArgumentException(expected.length + " values expected, " + answer.length + " are there");
        }
        double differences = 0;
        double squares = 0;
        for (int at = 0; at < expected.length; at++) {
            differences += Math.pow((double) expected[at] - answer[at], 2);
            squares += Math.pow(expected[at], 2);
        }
        double share = Math.sqrt(differences / squares);
        System.out.printf("%.1e%n", share);
        System.exit(share <= Double.parseDouble(arguments[2]) ? 0 : 1);
    }
}
