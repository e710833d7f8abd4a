#!/usr/bin/env bash
# Java: whether a grey picture of 128 is 128 or 188 as RGB depends on the kind of file and on the call, and DJL inherits it.
#
# The good guess: a grey pixel of 128 is (128, 128, 128) in RGB, as in Pillow and OpenCV, whether by getRGB or by drawing the picture onto one of
# TYPE_INT_RGB, and the same for each kind of grey PNG.
# What is seen: 8 and 16 bits of grey: getRGB and ColorConvertOp say 188, drawImage 128. Grey with alpha: 188 by all three. Grey of 4 bits (136):
# 136 by all three. Java takes grey of 8 and more bits for linear light (ColorSpace.CS_GRAY) and converts it to sRGB by the one way and not by the
# other; of fewer bits ImageIO makes a palette, which is sRGB. Deep Java Library's Image.toNDArray: 128 for 8 bits, 188 for 16 and for grey with alpha.
# Why it matters: X-rays, scans, masks and digits are grey, and many of them have 16 bits or an alpha that a graphics program has added. The mean of a
# picture goes up by up to 73 of 255, and only for some of the files of a folder; a network trained in Python answers worse in Java, and
# there is nothing to see but the scores.
# Versions: Java 17 (ImageIO, java.awt.image), ai.djl:api and ai.djl.onnxruntime:onnxruntime-engine 0.36.0 with com.microsoft.onnxruntime 1.29.0
# (Maven Central). The JDK's documentation of ColorSpace says that CS_GRAY is linear, that of drawImage nothing about grey.
# The way round: where the ColorModel's ColorSpace is of TYPE_GRAY, take the numbers from the Raster (of 16 bits, divided by 257) and repeat them
# three times; palettes by getRGB.
#
# Needs mvn and a JDK 17 or newer, Linux on x86-64; downloads 60 MB. Exit code 1 if it is otherwise now.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
java -version 2>&1 | head -1
for artifact in ai.djl:api:0.36.0 ai.djl.onnxruntime:onnxruntime-engine:0.36.0 com.microsoft.onnxruntime:onnxruntime:1.29.0 \
    org.slf4j:slf4j-api:2.0.17 com.google.code.gson:gson:2.13.1 net.java.dev.jna:jna:5.17.0 org.apache.commons:commons-compress:1.27.1 \
    commons-io:commons-io:2.20.0; do
    mvn -B -q --no-transfer-progress org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact="$artifact" -DoutputDirectory=jars
done
cat >Grey.java <<'JAVA'
import ai.djl.modality.cv.ImageFactory;
import ai.djl.ndarray.NDManager;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

class Grey {
    /** A PNG of one pixel: bits, the colour type (0 grey, 4 grey with alpha), and its bytes. */
    static byte[] png(int bits, int type, int... pixel) throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(file);
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(out, "IHDR", ByteBuffer.allocate(13).putInt(1).putInt(1).put(new byte[] {(byte) bits, (byte) type, 0, 0, 0}).array());
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(0);
            for (int value : pixel) deflater.write(value);
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

    static void show(NDManager manager, String what, byte[] file, int... expected) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
        BufferedImage drawn = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = drawn.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        BufferedImage converted = new ColorConvertOp(null).filter(image, new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
        int djl = ImageFactory.getInstance().fromInputStream(new ByteArrayInputStream(file)).toNDArray(manager).toByteArray()[0] & 255;
        int[] seen = {image.getRGB(0, 0) & 255, converted.getRGB(0, 0) & 255, drawn.getRGB(0, 0) & 255, djl};
        System.out.println(what + ": getRGB " + seen[0] + ", ColorConvertOp " + seen[1] + ", drawImage " + seen[2] + ", DJL " + seen[3]);
        if (!Arrays.equals(seen, expected)) throw new IllegalStateException("otherwise now: " + what);
    }

    public static void main(String[] arguments) throws Exception {
        try (NDManager manager = NDManager.newBaseManager()) {
            show(manager, "grey of 8 bits, 128", png(8, 0, 128), 188, 188, 128, 128);
            show(manager, "grey of 16 bits, 128 * 257", png(16, 0, 128, 128), 188, 188, 128, 188);
            show(manager, "grey of 8 bits with alpha, 128 and 255", png(8, 4, 128, 255), 188, 188, 188, 188);
            show(manager, "grey of 4 bits, 8 * 17 = 136", png(4, 0, 8 << 4), 136, 136, 136, 136);
        }
    }
}
JAVA
javac -nowarn -proc:none -cp 'jars/*' -d classes Grey.java
java -Djava.awt.headless=true -Duser.home="$work" -cp 'jars/*:classes' Grey 2>log || { cat log; echo "otherwise now" >&2; exit 1; }
echo "As described."
