import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** OpenVINO in a Python of its own, which waits for its turns. */
final class Peer implements Contestant {
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream turns;

    Peer(String python, Path script, Path model, int threads, String kind, Path log) throws IOException {
        process = new ProcessBuilder(
                        python, script.toString(), model.toString(), Integer.toString(threads), kind)
                .redirectError(log.toFile())
                .start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        turns = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        String line = answers.readLine();
        while (line != null && !line.equals("ready")) {
            line = answers.readLine();
        }
        if (line == null) {
            throw new IOException("OpenVINO does not run " + model + " in " + kind + "; " + log + " says why");
        }
    }

    @Override
    public double block(int runs) throws IOException {
        turns.println(runs);
        return Double.parseDouble(answers.readLine());
    }

    @Override
    public void close() {
        turns.close(); // which ends it
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
