import java.nio.file.Path;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;

/** Draws a small data set into a folder, for scripts that train. */
final class Pictures {
    private Pictures() {}

    public static void main(String[] arguments) {
        int images = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 64;
        int side = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 48;
        ShapesDataset.write(Path.of(arguments[0]), new ShapesOptions(images, Math.max(8, images / 8), side, 1));
    }
}
