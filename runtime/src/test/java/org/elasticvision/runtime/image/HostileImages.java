package org.elasticvision.runtime.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;

/** Files that are not images, or not whole, or claim to be enormous. */
public final class HostileImages {
    private HostileImages() {}

    /** What each is, and its bytes. */
    static Map<String, byte[]> all() {
        Map<String, byte[]> images = new LinkedHashMap<>();
        images.put("empty", new byte[0]);
        images.put("one byte", new byte[] {(byte) 0xFF});
        images.put("text", "This is not an image.\nNot at all.\n".getBytes(StandardCharsets.US_ASCII));
        images.put("zeros", new byte[5000]);
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        images.put("noise", noise);
        images.put("GIF", "GIF89a`\u00EA`\u00EA".getBytes(StandardCharsets.ISO_8859_1));
        images.put("TIFF", new byte[] {'I', 'I', '*', 0, 8, 0, 0, 0});
        images.put("TIFF whose values lie beyond its end", tiff(5, 5, 279, 1 << 28));
        images.put("TIFF of large tiles", tiff(5, 5, 322, -1));
        images.put("TIFF of no depth", tiff(5, 5, 258, 0));
        images.put("PNM without a size", "P6\n255 ".getBytes(StandardCharsets.US_ASCII));
        images.put("PNM of no white", "P5 3 2 0\n~~~~~~".getBytes(StandardCharsets.US_ASCII));
        images.put("PNM of letters", "P2 3 2 9\n1 2 x 4 5 6 ".getBytes(StandardCharsets.US_ASCII));
        for (int side : new int[] {60_000, 30_000, 13_000}) {
            images.put("PNG " + side, png(side, side));
            images.put("JPEG " + side, jpeg(side, side));
            images.put("BMP " + side, bmp(side, side));
            images.put("TIFF " + side, tiff(side, side, 279, 1));
            for (int kind = 1; kind <= 6; kind++) {
                String start = "P" + kind + " " + side + " " + side + " 255\n";
                images.put("PNM " + kind + " of " + side, start.getBytes(StandardCharsets.US_ASCII));
            }
        }
        images.put("PNG of the largest size", png(Integer.MAX_VALUE, Integer.MAX_VALUE));
        images.put("PNG of a negative size", png(-1, -1));
        images.put("PNG of no size", png(0, 5));
        images.put("PNG that is long", png(1 << 21, 1));
        images.put("BMP of the largest size", bmp(Integer.MAX_VALUE, Integer.MIN_VALUE));
        images.put("BMP of a negative width", bmp(-5, 5));
        images.put("JPEG of no height", jpeg(500, 0));
        images.put("WebP 16777216", webp("VP8X", 0, -1, -1, -1));
        images.put("WebP 16384", webp("VP8L", 0x2F, -1, -1));
        images.put("WebP without data", webp("VP8 ", 0, 0, 0, 0x9D012A, 0));
        for (String name : new String[] {
            "photo_420_500x333.jpg",
            "photo_444_prog.jpg",
            "small_60x45.png",
            "photo.bmp",
            "kinds/rgb_tiff_lzw.tif",
            "kinds/colour.ppm"
        }) {
            byte[] whole = Golden.bytes(name);
            int few = name.endsWith(".bmp") ? 3 : 2; // its last row has 2 bytes of padding, which nobody misses
            for (int length : new int[] {2, 3, 8, 20, 30, 100, whole.length / 2, whole.length - few}) {
                images.put(name + " cut at " + length, Arrays.copyOf(whole, length));
            }
        }
        byte[] packed = bmp(130, 97);
        packed[30] = 77;
        images.put("BMP of unknown compression", packed);
        byte[] damaged = Golden.bytes("small_60x45.png");
        damaged[3000] ^= 1;
        images.put("PNG with a flipped bit", damaged);
        return images;
    }

    static byte[] png(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        ByteBuffer png = ByteBuffer.allocate(200);
        png.put("\u0089PNG\r\n\u001A\n".getBytes(StandardCharsets.ISO_8859_1));
        chunk(png, "IHDR", header.array());
        chunk(png, "IDAT", new byte[] {0x78, (byte) 0x9C, 1, 2, 3});
        chunk(png, "IEND", new byte[0]);
        return Arrays.copyOf(png.array(), png.position());
    }

    private static void chunk(ByteBuffer png, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(data);
        png.putInt(data.length).put(name).put(data).putInt((int) checksum.getValue());
    }

    /** Gives all chunks the checksum that they should have, as far as they can be followed. */
    public static void mendChecksums(byte[] png) {
        ByteBuffer bytes = ByteBuffer.wrap(png);
        for (int at = 8; at + 12 <= png.length; ) {
            long length = bytes.getInt(at) & 0xFFFFFFFFL;
            if (at + 12 + length > png.length) {
                return;
            }
            CRC32 checksum = new CRC32();
            checksum.update(png, at + 4, (int) length + 4);
            bytes.putInt(at + 8 + (int) length, (int) checksum.getValue());
            at += 12 + (int) length;
        }
    }

    /** A real JPEG with another size in its header. */
    static byte[] jpeg(int width, int height) {
        byte[] jpeg = Golden.bytes("exif_rot6.jpg");
        for (int at = 0; ; at++) {
            if (jpeg[at] == (byte) 0xFF && jpeg[at + 1] == (byte) 0xC0) {
                ByteBuffer.wrap(jpeg).putShort(at + 5, (short) height).putShort(at + 7, (short) width);
                return jpeg;
            }
        }
    }

    /** Says so many bytes of Deflate; {@code tag} is that of the bytes or of another number. */
    private static byte[] tiff(int width, int height, int tag, int count) {
        int[][] entries = {
            {256, 4, 1, width},
            {257, 4, 1, height},
            {258, 3, tag == 258 ? 0 : 1, 8},
            {259, 3, 1, 8},
            {262, 3, 1, 1},
            {273, 4, 1, 8},
            {277, 3, 1, 1},
            {278, 4, 1, height},
            {tag, 4, tag == 322 ? 1 : count, tag == 322 ? count : 4},
            {323, 4, 1, 1}
        };
        ByteBuffer tiff = ByteBuffer.allocate(150).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put(new byte[] {'I', 'I', '*', 0}).putInt(8).putShort((short) entries.length);
        for (int[] entry : entries) {
            tiff.putShort((short) entry[0])
                    .putShort((short) entry[1])
                    .putInt(entry[2])
                    .putInt(entry[3]);
        }
        return tiff.array();
    }

    public static byte[] bmp(int width, int height) {
        byte[] bmp = Golden.bytes("photo.bmp");
        ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, width).putInt(22, height);
        return bmp;
    }

    private static byte[] webp(String kind, int... words) {
        ByteBuffer webp = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        webp.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(56);
        webp.put(("WEBP" + kind).getBytes(StandardCharsets.US_ASCII)).putInt(44);
        for (int word : words) {
            webp.putInt(word);
        }
        return webp.array();
    }
}
