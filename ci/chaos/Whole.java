import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.train.checkpoint.CheckpointFolder;

/** Whether files are whole, each read by its kind. */
final class Whole {
    private Whole() {}

    /** Every file of a folder but those that are being written. */
    static void requireAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.getFileName().toString().startsWith(".tmp-")) {
                    require(file);
                }
            }
        }
    }

    private static void require(Path file) throws IOException {
        String name = file.getFileName().toString();
        boolean whole =
                switch (name.substring(name.lastIndexOf('.'))) {
                    case ".tar" -> CheckpointFolder.isWhole(file);
                    case ".onnx" -> opens(file);
                    case ".png" -> ImageIO.read(file.toFile()) != null;
                    case ".html" -> Files.readString(file).stripTrailing().endsWith("</html>");
                    case ".csv", ".yaml" -> Files.readString(file).endsWith("\n");
                    case ".json", ".jsonl" -> isJson(Files.readString(file));
                    case ".lock" -> true; // of a process that was killed, it locks nothing
                    default -> false;
                };
        if (!whole) {
            throw new Fault(file + " is not whole, or not known");
        }
    }

    private static boolean isJson(String text) {
        text.lines().forEach(JsonParser::parseString);
        return text.isEmpty() || text.endsWith("\n"); // without a record, before the first epoch ends
    }

    private static boolean opens(Path model) {
        try (Engine engine = Engine.open(model, EngineOptions.defaults())) {
            return !engine.metadata().isEmpty();
        }
    }

    /** A file is one of two to the byte, or the other, or not there. */
    static void requireOneOf(Path file, byte[]... wanted) throws IOException {
        if (Files.exists(file)) {
            byte[] found = Files.readAllBytes(file);
            if (Arrays.stream(wanted).noneMatch(bytes -> Arrays.equals(bytes, found))) {
                throw new Fault(file + " is neither the old file nor the new one");
            }
        }
    }

    static void requireSame(Path one, Path other, List<String> names) throws IOException {
        for (String name : names) {
            if (Files.mismatch(one.resolve(name), other.resolve(name)) >= 0) {
                throw new Fault(one.resolve(name) + " differs from that of the run that was not killed");
            }
        }
    }
}
