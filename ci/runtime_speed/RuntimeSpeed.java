import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.benchmark.SamplePictures;
import org.elasticvision.runtime.image.ImageSource;

/**
 * Compares programs that classify the same pictures with the same model, by turns: in each round every program is asked about a
 * block of pictures. Arguments: ARCH ROUNDS FOLDER, then NAME=COMMAND for each program, whose words are parted by a vertical bar;
 * it is started twice, with {@code MODEL FOLDER CALLERS} behind, for one caller and for two.
 */
final class RuntimeSpeed {
    private static final String OURS = "ElasticVision";
    private static final String BARE = "OrtSession.run alone";
    private static final int SIZE = 224;
    private static final int PICTURES = 200;
    private static final int BLOCK = 20;
    private static final int WARM_UP = 40;
    private static final int COMPARED = 50;

    private RuntimeSpeed() {}

    public static void main(String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[1]);
        Path folder = Path.of(arguments[2]);
        Path model = folder.resolve("model.onnx");
        UntrainedModel.write(Architecture.of(arguments[0]), SIZE, model);
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        List<ImageSource> jpegs = SamplePictures.jpegs(PICTURES);
        for (int i = 0; i < jpegs.size(); i++) {
            Files.write(pictures.resolve(String.format(Locale.ROOT, "%03d.jpg", i)), jpegs.get(i).content());
        }
        System.out.printf("%s, %d JPEGs of 500x375, %d rounds of %d%n%n", arguments[0], PICTURES, rounds, BLOCK);
        Map<String, Contest> contests = new LinkedHashMap<>();
        try {
            for (String argument : Arrays.asList(arguments).subList(3, arguments.length)) {
                String[] parts = argument.split("=", 2);
                List<String> command = new ArrayList<>(List.of(parts[1].split("\\|")));
                command.addAll(List.of(model.toString(), pictures.toString()));
                contests.put(parts[0], new Contest(new Program(command, 1, rounds), new Program(command, 2, rounds)));
            }
            for (int round = 0; round < rounds; round++) {
                for (Contest contest : contests.values()) {
                    contest.one().measure(round);
                    contest.two().measure(round);
                }
            }
            print(contests);
        } finally {
            contests.values().forEach(contest -> {
                contest.one().close();
                contest.two().close();
            });
        }
    }

    /** A program asked by one caller, and by two at a time. */
    private record Contest(Program one, Program two) {
        Program best() {
            return median(one.seconds) <= median(two.seconds) ? one : two;
        }
    }

    private static void print(Map<String, Contest> contests) throws IOException {
        System.out.printf("%-26s %25s %25s%n", "", "one caller", "two callers, 1 thread each");
        System.out.printf(
                "%-26s %12s %12s %12s %12s %16s %11s%n",
                "", "images/s", "CPU ms/image", "images/s", "CPU ms/image", "ours/its, bests", "same top-1");
        Program ours = contests.get(OURS).best();
        for (Map.Entry<String, Contest> entry : contests.entrySet()) {
            Contest contest = entry.getValue();
            double[] theirs = contest.best().seconds;
            double[] ratios = new double[theirs.length];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] = theirs[i] / ours.seconds[i];
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-26s %12.1f %12.1f %12.1f %12.1f %14.2f x %11s%n",
                    entry.getKey(),
                    BLOCK / median(contest.one().seconds),
                    contest.one().processorMilliseconds(),
                    BLOCK / median(contest.two().seconds),
                    contest.two().processorMilliseconds(),
                    median(ratios),
                    entry.getKey().equals(BARE) ? "" : same(contest.one(), ours));
        }
    }

    /** Decoders and resizing differ, so that a few answers may. */
    private static String same(Program one, Program other) throws IOException {
        int same = 0;
        for (int i = 0; i < COMPARED; i++) {
            String answer = one.ask("top " + i).split(" ")[0];
            same += answer.equals(other.ask("top " + i).split(" ")[0]) ? 1 : 0;
        }
        return same + " of " + COMPARED;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static final class Program implements AutoCloseable {
        private final Process process;
        private final BufferedWriter in;
        private final BufferedReader out;
        private final String name;
        private final double[] seconds;
        private final Duration before;

        /** Starts it and warms it up. */
        Program(List<String> command, int callers, int rounds) throws IOException {
            List<String> words = new ArrayList<>(command);
            words.add(Integer.toString(callers));
            process = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            in = process.outputWriter();
            out = new BufferedReader(new InputStreamReader(process.getInputStream()));
            name = words.toString();
            seconds = new double[rounds];
            ask("ask " + WARM_UP);
            before = processorTime();
        }

        void measure(int round) throws IOException {
            seconds[round] = Double.parseDouble(ask("ask " + BLOCK));
        }

        double processorMilliseconds() {
            return processorTime().minus(before).toNanos() / 1e6 / seconds.length / BLOCK;
        }

        private Duration processorTime() {
            return process.info().totalCpuDuration().orElse(Duration.ZERO);
        }

        String ask(String line) throws IOException {
            in.write(line + "\n");
            in.flush();
            String answer = out.readLine();
            if (answer == null) {
                throw new IOException("no answer from " + name);
            }
            return answer;
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
