import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.pixels.RgbImage;

/**
 * Decodes the files that standard input names, as stored and upright, and answers each with one line: what was read, or why
 * not. The pixels go into two files, which pillow_pixels.py compares with Pillow's.
 */
final class PillowPixels {
    private PillowPixels() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        BufferedReader names = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String name = names.readLine(); name != null; name = names.readLine()) {
            System.out.println(answer(Path.of(name), folder));
        }
    }

    private static String answer(Path file, Path folder) throws Exception {
        try {
            ImageSource source = ImageSource.of(file);
            return "read " + write(source.decode(Orientation.IGNORE_EXIF), folder.resolve("stored")) + " "
                    + write(source.decode(Orientation.APPLY_EXIF), folder.resolve("upright"));
        } catch (ElasticVisionException refusal) {
            return "refused " + refusal.getMessage().replace(file + ": ", "");
        }
    }

    private static String write(RgbImage image, Path file) throws Exception {
        Files.write(file, image.pixels());
        return image.width() + "x" + image.height();
    }
}
