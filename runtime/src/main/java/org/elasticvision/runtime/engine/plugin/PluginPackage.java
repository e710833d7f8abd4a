package org.elasticvision.runtime.engine.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.elasticvision.runtime.base.ElasticVisionException;

/** A wheel or a NuGet file, as the makers of plug-ins publish them. Nothing in it is believed before it is checked. */
final class PluginPackage implements AutoCloseable {
    private static final Pattern NUGET_LIBRARY = Pattern.compile("runtimes/([^/]+)/native/(.+)");
    private static final Pattern NUGET_VERSION = Pattern.compile("<version>\\s*([^<\\s]+)\\s*</version>");
    private static final Pattern PLATFORM_TAG = Pattern.compile(
            "(manylinux|linux|musllinux|macosx|win)(?:_?\\d+)*_(x86_64|amd64|aarch64|arm64|universal2)");
    private static final int MOST_TEXT = 16 << 20;

    private final Path file;
    private final ZipFile zip;
    private final Platform here;
    private final Optional<String> distInfo; // of a wheel; with the slash
    private final String version;

    private PluginPackage(Path file, ZipFile zip, Platform here) throws IOException {
        this.file = file;
        this.zip = zip;
        this.here = here;
        checkNames();
        this.distInfo = entries().stream()
                .map(ZipEntry::getName)
                .filter(name -> name.matches("[^/]+\\.dist-info/RECORD"))
                .map(name -> name.substring(0, name.length() - "RECORD".length()))
                .findFirst();
        Optional<? extends ZipEntry> nuspec = entries().stream()
                .filter(entry -> entry.getName().matches("[^/]+\\.nuspec"))
                .findFirst();
        if (distInfo.isPresent()) {
            checkTags();
            this.version = distInfo.get().replaceFirst("^[^-]*-", "").replaceFirst("\\.dist-info/$", "");
        } else if (nuspec.isPresent()) {
            checkRuntimes();
            Matcher found = NUGET_VERSION.matcher(text(nuspec.get()));
            this.version = found.find() ? found.group(1) : "unknown";
        } else {
            throw refused("is neither a wheel nor a NuGet file: it lists no files of its own (RECORD, .nuspec)");
        }
    }

    static PluginPackage open(Path file, Platform here) {
        if (!Files.isRegularFile(file)) {
            throw new ElasticVisionException(file + ": there is no such file; fetch the package first, such as with"
                    + " 'pip download --no-deps onnxruntime-ep-openvino'");
        }
        ZipFile zip = null;
        try {
            zip = new ZipFile(file.toFile());
            return new PluginPackage(file, zip, here);
        } catch (IOException | IllegalArgumentException e) {
            close(zip, e);
            throw new ElasticVisionException(
                    file + " is not a wheel or NuGet file, or is damaged (" + e.getMessage() + "); fetch it again", e);
        } catch (ElasticVisionException e) {
            close(zip, e);
            throw e;
        }
    }

    private static void close(ZipFile zip, Exception failure) {
        if (zip != null) {
            try {
                zip.close();
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }

    String version() {
        return version;
    }

    /** Writes the files, each checked while it is written. */
    void unpack(Path folder) throws IOException {
        if (distInfo.isPresent()) {
            unpackWheel(folder, distInfo.get());
        } else {
            unpackNuget(folder);
        }
    }

    private void unpackWheel(Path folder, String info) throws IOException {
        WheelRecord record = WheelRecord.parse(text(zip.getEntry(info + "RECORD")))
                .orElseThrow(() -> refused("is damaged: its list of files (RECORD) cannot be read; fetch it again"));
        for (String path : new TreeSet<>(record.paths())) {
            if (zip.getEntry(path) == null) {
                throw refused("is damaged: " + path + " is missing; fetch it again");
            }
        }
        for (ZipEntry entry : entries()) {
            String name = entry.getName();
            if (entry.isDirectory() || name.matches(Pattern.quote(info) + "RECORD(\\.jws|\\.p7s)?")) {
                continue;
            }
            String hash = record.hash(name)
                    .orElseThrow(() -> refused("has a file that its list (RECORD) has no hash of, " + name
                            + "; fetch it again from where its maker publishes it"));
            write(entry, folder.resolve(name), Optional.of(hash));
        }
    }

    private void unpackNuget(Path folder) throws IOException {
        for (ZipEntry entry : entries()) {
            Matcher library = NUGET_LIBRARY.matcher(entry.getName());
            if (library.matches() && library.group(1).equals(here.nuget()) && !entry.isDirectory()) {
                write(entry, folder.resolve("native").resolve(library.group(2)), Optional.empty());
            }
        }
    }

    private void write(ZipEntry entry, Path target, Optional<String> hash) throws IOException {
        String[] wanted = hash.orElse("sha256=").split("=", 2);
        MessageDigest digest = digest(wanted[0]);
        CRC32 sum = new CRC32();
        long size = 0;
        Files.createDirectories(target.getParent());
        try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), sum);
                OutputStream out = Files.newOutputStream(target)) {
            byte[] piece = new byte[1 << 16];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                size += count;
                if (size > entry.getSize()) {
                    break; // of a zip file that is made to fill the disk
                }
                digest.update(piece, 0, count);
                out.write(piece, 0, count);
            }
        } catch (ZipException e) {
            throw damaged(entry, "cannot be unpacked");
        }
        String found = Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
        if (size != entry.getSize() || sum.getValue() != entry.getCrc()) {
            throw damaged(entry, "is not what was packed");
        }
        if (hash.isPresent() && !found.equals(wanted[1].replace("=", ""))) {
            throw damaged(entry, "is not what its list (RECORD) has");
        }
    }

    private MessageDigest digest(String name) {
        if (!List.of("sha256", "sha384", "sha512").contains(name)) { // others are not allowed in wheels
            throw refused("has hashes of the kind '" + name + "', which prove nothing; fetch another version");
        }
        try {
            return MessageDigest.getInstance(name.toUpperCase(Locale.ROOT).replace("SHA", "SHA-"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private ElasticVisionException damaged(ZipEntry entry, String what) {
        return refused("is damaged: " + entry.getName() + " " + what + "; fetch it again");
    }

    private ElasticVisionException refused(String why) {
        return new ElasticVisionException(file + " " + why);
    }

    private List<? extends ZipEntry> entries() {
        return zip.stream().toList();
    }

    /** Names that lead out of the folder, or to one place twice. */
    private void checkNames() {
        Set<String> names = new HashSet<>();
        for (ZipEntry entry : entries()) {
            String name = entry.getName();
            boolean leadsOut = name.isEmpty()
                    || name.startsWith("/")
                    || name.contains("\\")
                    || name.contains(":")
                    || name.indexOf('\0') >= 0
                    || List.of(name.split("/")).contains("..");
            if (leadsOut) {
                throw refused("has a file whose name leads out of its folder, '" + name + "': it is not to be trusted");
            }
            if (!names.add(name)) {
                throw refused("has two files named '" + name + "': it is not to be trusted");
            }
        }
    }

    private void checkTags() throws IOException {
        ZipEntry wheel = zip.getEntry(distInfo.orElseThrow() + "WHEEL");
        if (wheel == null) {
            throw refused("is damaged: its file WHEEL is missing; fetch it again");
        }
        List<String> tags = text(wheel)
                .lines()
                .filter(line -> line.startsWith("Tag:"))
                .map(line -> line.substring(line.lastIndexOf('-') + 1).strip())
                .distinct()
                .toList();
        if (tags.isEmpty()) {
            throw refused("is damaged: its file WHEEL has no Tag, which says what it is for; fetch it again");
        }
        if (tags.stream().noneMatch(this::suits)) {
            throw refused("is for " + String.join(", ", tags) + ", and this is " + here
                    + "; fetch the one for this platform");
        }
    }

    private boolean suits(String tag) {
        if (tag.equals("any")) {
            return true; // what its libraries are for is looked at when they are unpacked
        }
        Matcher parts = PLATFORM_TAG.matcher(tag);
        if (!parts.matches() || parts.group(1).equals("musllinux")) { // ONNX Runtime needs glibc
            return false;
        }
        String system = parts.group(1).replace("many", "");
        return here.runs(Platform.of(system.equals("win") ? "windows" : system, parts.group(2)));
    }

    private void checkRuntimes() {
        Set<String> runtimes = entries().stream()
                .map(entry -> NUGET_LIBRARY.matcher(entry.getName()))
                .filter(Matcher::matches)
                .map(library -> library.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!runtimes.contains(here.nuget())) {
            throw refused(
                    runtimes.isEmpty()
                            ? "has no libraries (runtimes/" + here.nuget() + "/native)"
                            : "is for " + String.join(", ", runtimes) + ", and this is " + here.nuget()
                                    + "; fetch the one for this platform");
        }
    }

    private String text(ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return new String(in.readNBytes(MOST_TEXT), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
