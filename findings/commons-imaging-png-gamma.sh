#!/usr/bin/env bash
# Apache Commons Imaging reads a PNG that says it is made for screens, gamma 1/2.2, as much darker than any other reader.
#
# The good guess: a PNG's gAMA chunk of 0.45455 says what is the usual: the numbers are meant for a screen as they are. Readers for machine
# learning (Pillow, OpenCV, ImageIO) pass the numbers on and so agree; one that corrects finds nothing to correct.
# What is seen: Commons Imaging raises the numbers to the power of 2.2, as for a screen of gamma 1, which does not exist: 128 becomes 56, and 64
# becomes 12. With the same chunk and an sRGB chunk beside it, or with no gAMA, the numbers are as in the file. So are those with a gAMA of 1,
# the one case in which other numbers would have been due. Nothing is said.
# Why it matters: ImageMagick wrote this chunk into its PNGs for years (ImageMagick issue 8874 is about its end), and in a data set they lie
# among others. A classifier in Java sees those pictures as at dusk, in training by Python it saw them as they are; the score drops and no line of
# the program is wrong.
# Versions: org.apache.commons:commons-imaging 1.0.0-alpha6 (Maven Central), beside the ImageIO of Java 17. Source: PngImageParser, where targetGamma
# is 1.0. The PNG specification (third edition, on gAMA and on decoder gamma handling): the exponent is 1 / (file gamma * display's), which is
# 1 for 0.45455 and a display of 2.2, and an sRGB chunk says the same as this gAMA.
# The way round: read PNG with ImageIO; or write the files anew without gAMA.
#
# Needs mvn and a JDK 17 or newer; downloads 3 MB. Exit code 1 if it is otherwise now.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
java -version 2>&1 | head -1
for artifact in org.apache.commons:commons-imaging:1.0.0-alpha6 org.apache.commons:commons-lang3:3.18.0 commons-io:commons-io:2.20.0; do
    mvn -B -q --no-transfer-progress org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact="$artifact" -DoutputDirectory=jars
done
cat >Gamma.java <<'JAVA'
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.imaging.Imaging;

class Gamma {
    /** A PNG of one pixel, (128, 64, 200), with a gAMA chunk if gamma is not 0, and with an sRGB chunk if asked for. */
    static byte[] png(int gamma, boolean srgb) throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(file);
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(out, "IHDR", ByteBuffer.allocate(13).putInt(1).putInt(1).put(new byte[] {8, 2, 0, 0, 0}).array());
        if (srgb) chunk(out, "sRGB", new byte[] {0});
        if (gamma != 0) chunk(out, "gAMA", ByteBuffer.allocate(4).putInt(gamma).array());
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(new byte[] {0, (byte) 128, 64, (byte) 200});
        }
        chunk(out, "IDAT", packed.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return file.toByteArray();
    }

    static void chunk(DataOutputStream out, String type, byte[] data) throws Exception {
        out.writeInt(data.length);
        CRC32 crc = new CRC32();
        crc.update(type.getBytes("US-ASCII"));
        crc.update(data);
        out.write(type.getBytes("US-ASCII"));
        out.write(data);
        out.writeInt((int) crc.getValue());
    }

    static String pixel(BufferedImage image) {
        int rgb = image.getRGB(0, 0);
        return (rgb >> 16 & 255) + " " + (rgb >> 8 & 255) + " " + (rgb & 255);
    }

    static void show(String what, byte[] file, String expected) throws Exception {
        String imageIo = pixel(ImageIO.read(new ByteArrayInputStream(file))), commons = pixel(Imaging.getBufferedImage(file));
        System.out.println(what + ": in the file 128 64 200, ImageIO " + imageIo + ", Commons Imaging " + commons);
        if (!imageIo.equals("128 64 200") || !commons.equals(expected)) throw new IllegalStateException("otherwise now: " + what);
    }

    public static void main(String[] arguments) throws Exception {
        show("no gAMA", png(0, false), "128 64 200");
        show("gAMA 0.45455", png(45455, false), "56 12 149");
        show("gAMA 0.45455 and sRGB", png(45455, true), "128 64 200");
        show("gAMA 1", png(100000, false), "128 64 200");
    }
}
JAVA
javac -nowarn -cp 'jars/*' -d classes Gamma.java
java -Djava.awt.headless=true -cp 'jars/*:classes' Gamma || { echo "otherwise now" >&2; exit 1; }
echo "As described."
