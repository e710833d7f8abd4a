package org.elasticvision.runtime.engine.plugin;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The list of files in a wheel, with their hashes: {@code path,sha256=base64,size} in each line. */
final class WheelRecord {
    private static final Pattern LINE = Pattern.compile("(\"(?:[^\"]|\"\")*\"|[^\",]*),([^,]*),(\\d*)");

    private final Map<String, String> hashes;

    private WheelRecord(Map<String, String> hashes) {
        this.hashes = hashes;
    }

    /** {@return the record; empty where it is not one} */
    static Optional<WheelRecord> parse(String text) {
        Map<String, String> hashes = new HashMap<>();
        for (String line : text.split("\\R")) {
            if (line.isBlank()) {
                continue;
            }
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                return Optional.empty();
            }
            String path = parts.group(1);
            String name =
                    path.startsWith("\"") ? path.substring(1, path.length() - 1).replace("\"\"", "\"") : path;
            hashes.put(name, parts.group(2));
        }
        return Optional.of(new WheelRecord(hashes));
    }

    /** {@return the paths} */
    Set<String> paths() {
        return hashes.keySet();
    }

    /** {@return such as {@code sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU}; empty where the file has none or is not listed} */
    Optional<String> hash(String path) {
        return Optional.ofNullable(hashes.get(path)).filter(hash -> !hash.isEmpty());
    }
}
