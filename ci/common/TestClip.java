import java.nio.file.Path;
import java.util.Arrays;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.image.video.VideoWriter;

/** Writes a video of three frames, for scripts that try out programs: {@code java -cp … TestClip.java FILE.mp4}. */
class TestClip {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final int FRAMES = 3;

    public static void main(String[] arguments) {
        VideoWriter.write(Path.of(arguments[0]), 25, video -> {
            for (int frame = 0; frame < FRAMES; frame++) {
                byte[] pixels = new byte[3 * WIDTH * HEIGHT];
                Arrays.fill(pixels, (byte) (80 * frame));
                video.write(new RgbImage(WIDTH, HEIGHT, pixels));
            }
        });
    }
}
