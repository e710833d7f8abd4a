package org.elasticvision.runtime.engine.plugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packages as makers of plug-ins publish them, with libraries that only look like some. */
public final class FakePlugins {
    public static final String LIBRARY = "onnxruntime_ep_acme/libonnxruntime_providers_acme_plugin.so";

    private FakePlugins() {}

    /** A head of a shared library for this platform and the name of the function that makes it a plug-in. */
    public static byte[] library() {
        return library(Platform.current(), "CreateEpFactories");
    }

    static byte[] library(Platform platform, String function) {
        ByteBuffer bytes = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        boolean arm = platform.processor().equals("aarch64");
        switch (platform.system()) {
            case "Linux" -> {
                bytes.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1);
                bytes.putShort(18, (short) (arm ? 183 : 62));
            }
            case "macOS" -> bytes.putInt(0, 0xfeedfacf).putInt(4, arm ? 0x0100000c : 0x01000007);
            case "Windows" -> {
                bytes.putShort(0, (short) 0x5a4d).putInt(60, 128).putInt(128, 0x4550);
                bytes.putShort(132, (short) (arm ? 0xaa64 : 0x8664));
            }
            default -> throw new IllegalArgumentException(platform.toString());
        }
        bytes.put(300, function.getBytes(StandardCharsets.US_ASCII));
        return bytes.array();
    }

    static Platform another() {
        return Platform.current().system().equals("Windows")
                ? new Platform("Linux", "x86_64")
                : new Platform("Windows", "x86_64");
    }

    /** The word that wheels have for this platform. */
    static String tag() {
        Platform here = Platform.current();
        return switch (here.system()) {
            case "macOS" -> "macosx_11_0_" + (here.processor().equals("aarch64") ? "arm64" : "x86_64");
            case "Windows" -> "win_" + (here.processor().equals("aarch64") ? "arm64" : "amd64");
            default -> "manylinux_2_28_" + here.processor();
        };
    }

    /** What the wheel of a plug-in holds, without the list of files. */
    static Map<String, byte[]> contents() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("onnxruntime_ep_acme/__init__.py", bytes("import os\n"));
        files.put(LIBRARY, library());
        files.put("onnxruntime_ep_acme/libacme.so.7", bytes("needed by it"));
        files.put("onnxruntime_ep_acme.libs/libgomp-1a2b.so.1", bytes("needed too"));
        files.put("acme_tools/tool.py", bytes("of no use here"));
        files.put("onnxruntime_ep_acme-1.2.3.dist-info/WHEEL", wheelFile(tag()));
        return files;
    }

    static byte[] wheelFile(String tag) {
        return bytes("Wheel-Version: 1.0\nGenerator: fake\nRoot-Is-Purelib: false\nTag: py3-none-" + tag + "\n");
    }

    /** A whole wheel for this platform. */
    public static Path wheel(Path folder) {
        return wheel(folder, contents());
    }

    static Path wheel(Path folder, Map<String, byte[]> files) {
        return wheel(folder, files, record(files));
    }

    static Path wheel(Path folder, Map<String, byte[]> files, String record) {
        Map<String, byte[]> all = new LinkedHashMap<>(files);
        all.put("onnxruntime_ep_acme-1.2.3.dist-info/RECORD", bytes(record));
        return zip(folder.resolve("onnxruntime_ep_acme-1.2.3-py3-none-any.whl"), all);
    }

    static String record(Map<String, byte[]> files) {
        StringBuilder lines = new StringBuilder();
        files.forEach((name, content) -> lines.append(String.format(
                "%s,sha256=%s,%d%n", name.contains(",") ? '"' + name + '"' : name, hash(content), content.length)));
        return lines.append("onnxruntime_ep_acme-1.2.3.dist-info/RECORD,,\n").toString();
    }

    static String hash(byte[] content) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A NuGet file with the library for some platforms. */
    static Path nuget(Path folder, Platform... platforms) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("Acme.OnnxRuntime.nuspec", bytes("<package><metadata><version>4.5</version></metadata></package>"));
        for (Platform platform : platforms) {
            files.put(
                    "runtimes/" + platform.nuget() + "/native/libonnxruntime_providers_acme.so",
                    library(platform, "CreateEpFactories"));
            files.put("runtimes/" + platform.nuget() + "/native/libacme.so", bytes("needed by it"));
        }
        return zip(folder.resolve("acme.4.5.nupkg"), files);
    }

    static Path zip(Path file, Map<String, byte[]> files) {
        try (OutputStream bytes = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** A zip file whose contents are not compressed, with other bytes in place of some of the same number. */
    static Path altered(Path file, String from, String to) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        out.writeBytes(text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1));
        return Files.write(file, out.toByteArray());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
