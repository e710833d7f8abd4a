import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.elasticvision.runtime.image.ImageSource;

/** Pictures whose class is their number modulo three; JPEG, PNG, pixels, and now and then one that is cut off. */
final class Pictures {
    private static final int WIDTH = 40;
    private static final int HEIGHT = 30;
    private static final int EVERY_BAD = 500;

    private final List<ImageSource> good = new ArrayList<>();
    private final ImageSource bad;

    Pictures() throws IOException {
        for (int index = 0; index < TinyModel.COLORS.size(); index++) {
            good.add(ImageSource.of(TinyModel.encoded(TinyModel.picture(index, WIDTH, HEIGHT), "jpg"), "a JPEG"));
        }
        for (int index = 0; index < TinyModel.COLORS.size(); index++) {
            good.add(ImageSource.of(TinyModel.encoded(TinyModel.picture(index, WIDTH, HEIGHT), "png"), "a PNG"));
        }
        for (int index = 0; index < TinyModel.COLORS.size(); index++) {
            good.add(ImageSource.of(TinyModel.picture(index, WIDTH, HEIGHT)));
        }
        byte[] whole = TinyModel.encoded(TinyModel.picture(0, WIDTH, HEIGHT), "jpg");
        bad = ImageSource.of(Arrays.copyOf(whole, whole.length / 2), "a JPEG that is cut off");
    }

    ImageSource get(long number) {
        return isBad(number) ? bad : good.get((int) (number % good.size()));
    }

    static boolean isBad(long number) {
        return number % EVERY_BAD == EVERY_BAD - 1;
    }

    /** Fails where the answer about a picture is not its class. */
    static void check(long number, int answer) {
        if (answer != number % TinyModel.COLORS.size()) {
            throw new AssertionError("picture " + number + " was taken for class " + answer);
        }
    }
}
