import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Photos of arrows that point up or down, as phones store them: pixels as the sensor lay, and a note of how they are turned
 * upright, in each of the eight EXIF orientations. Who ignores the note cannot tell up from down.
 *
 * <p>{@code java PhonePhotos.java FOLDER COUNT} writes COUNT photos of each class and orientation as
 * {@code FOLDER/CLASS/ORIENTATION-NUMBER.jpg}.
 */
final class PhonePhotos {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    private PhonePhotos() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        Random random = new Random(1);
        for (String name : new String[] {"up", "down"}) {
            Path photos = Files.createDirectories(folder.resolve(name));
            for (int orientation = 1; orientation <= 8; orientation++) {
                for (int i = 0; i < count; i++) {
                    BufferedImage stored = stored(arrow(name.equals("up"), random), orientation);
                    Files.write(photos.resolve(orientation + "-" + i + ".jpg"), jpeg(stored, orientation));
                }
            }
        }
    }

    private static BufferedImage arrow(boolean up, Random random) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.getHSBColor(random.nextFloat(), 0.5f, 0.3f));
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.setColor(Color.getHSBColor(random.nextFloat(), 0.3f, 1));
        int x = WIDTH / 2 + random.nextInt(9) - 4;
        int tip = 5 + random.nextInt(4);
        Path2D head = new Path2D.Double();
        head.moveTo(x, tip);
        head.lineTo(x - 18, tip + 20);
        head.lineTo(x + 18, tip + 20);
        head.closePath();
        if (!up) {
            graphics.transform(new AffineTransform(1, 0, 0, -1, 0, HEIGHT));
        }
        graphics.fill(head);
        graphics.fillRect(x - 5, tip + 20, 10, 16);
        graphics.dispose();
        return image;
    }

    /** Exif 2.32, tag 0x0112: which sides of the upright picture the first stored row and column are. */
    private static BufferedImage stored(BufferedImage upright, int orientation) {
        boolean swapped = orientation >= 5;
        BufferedImage stored = new BufferedImage(
                swapped ? HEIGHT : WIDTH, swapped ? WIDTH : HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < stored.getHeight(); row++) {
            for (int column = 0; column < stored.getWidth(); column++) {
                int across = swapped ? row : column;
                int down = swapped ? column : row;
                boolean fromRight = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
                boolean fromBottom = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
                int x = fromRight ? WIDTH - 1 - across : across;
                int y = fromBottom ? HEIGHT - 1 - down : down;
                stored.setRGB(column, row, upright.getRGB(x, y));
            }
        }
        return stored;
    }

    private static byte[] jpeg(BufferedImage stored, int orientation) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(stored, "jpg", out);
        byte[] jpeg = out.toByteArray();
        ByteBuffer exif = ByteBuffer.allocate(36).putShort((short) 0xFFE1).putShort((short) 34);
        exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1)).putInt(8); // the directory follows
        exif.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
        exif.putShort((short) orientation);
        return ByteBuffer.allocate(jpeg.length + 36)
                .put(jpeg, 0, 2)
                .put(exif.array())
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }
}
