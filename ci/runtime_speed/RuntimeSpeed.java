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
    private static final int PICTURES = 200;
    private static final int BLOCK = 20;
    private static final int WARM_UP = 40;
    private static final int COMPARED = 50;
    private static final List<Integer> CALLERS = List.of(1, 2);

    private RuntimeSpeed() {}

    public static void main(String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[1]);
        Path folder = Path.of(arguments[2]);
        Path model = folder.resolve("model.onnx");
        UntrainedModel.write(Architecture.of(arguments[0]), model);
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        List<ImageSource> jpegs = SamplePictures.jpegs(PICTURES);
        for (int i = 0; i < jpegs.size(); i++) {
            Files.write(pictures.resolve(String.format(Locale.ROOT, "%03d.jpg", i)), jpegs.get(i).content());
        }
        System.out.printf("%s, %d pictures of 500x375, %d rounds of %d%n", arguments[0], PICTURES, rounds, BLOCK);
        for (int callers : CALLERS) {
            Map<String, Program> programs = new LinkedHashMap<>();
            for (String argument : Arrays.asList(arguments).subList(3, arguments.length)) {
                String[] parts = argument.split("=", 2);
                List<String> command = new ArrayList<>(List.of(parts[1].split("\\|")));
                command.addAll(List.of(model.toString(), pictures.toString(), Integer.toString(callers)));
                programs.put(parts[0], new Program(command));
            }
            try {
                compare(programs, callers, rounds);
            } finally {
                programs.values().forEach(Program::close);
            }
        }
    }

    private static void compare(Map<String, Program> programs, int callers, int rounds) throws IOException {
        Map<String, double[]> seconds = new LinkedHashMap<>();
        Map<String, Duration> spent = new LinkedHashMap<>();
        for (Map.Entry<String, Program> program : programs.entrySet()) {
            program.getValue().ask("ask " + WARM_UP);
            seconds.put(program.getKey(), new double[rounds]);
            spent.put(program.getKey(), program.getValue().processorTime());
        }
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Program> program : programs.entrySet()) {
                seconds.get(program.getKey())[round] = Double.parseDouble(program.getValue().ask("ask " + BLOCK));
            }
        }
        System.out.printf(
                "%n%-24s %9s %11s %14s %11s%n",
                callers + (callers == 1 ? " caller" : " callers"),
                "images/s",
                "ours is",
                "CPU ms/image",
                "same top-1");
        double[] ours = seconds.get(OURS);
        for (Map.Entry<String, double[]> entry : seconds.entrySet()) {
            double[] theirs = entry.getValue();
            double[] ratios = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                ratios[i] = theirs[i] / ours[i];
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %9.1f %9.2f x %14.1f %11s%n",
                    entry.getKey(),
                    BLOCK / median(theirs),
                    median(ratios),
                    programs.get(entry.getKey()).processorTime().minus(spent.get(entry.getKey())).toNanos()
                            / 1e6
                            / (rounds * BLOCK),
                    entry.getKey().startsWith("bare") ? "" : same(programs.get(entry.getKey()), programs.get(OURS)));
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

        Program(List<String> command) throws IOException {
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            in = process.outputWriter();
            out = new BufferedReader(new InputStreamReader(process.getInputStream()));
            name = command.toString();
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

        Duration processorTime() {
            return process.info().totalCpuDuration().orElse(Duration.ZERO);
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
