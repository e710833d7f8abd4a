import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether THIRD-PARTY.txt of unpacked zip files says what they hold: {@code Licences FOLDER...}. Each file of lib/native, and each jar
 * whose licence in sbom.json is not the Apache License alone, has an entry, and that names a licence of the SBOM; each entry fits a
 * file of one of the zips.
 */
final class Licences {
    /** What an entry may say for a licence that an SBOM names by its SPDX identifier. The pom of JLine says "BSD" and means 3-Clause. */
    private static final Map<String, String> WORDS = Map.of(
            "Apache-2.0", "Apache License 2.0",
            "MIT", "MIT License",
            "BSD-2-Clause", "BSD 2-Clause License",
            "BSD-3-Clause", "BSD License",
            "BSD-4-Clause", "BSD License",
            "CC0-1.0", "CC0 1.0",
            "EPL-2.0", "Eclipse Public License 2.0",
            "GPL-2.0-or-later", "GPL 2",
            "GPL-2.0-with-classpath-exception", "GPL 2 with Classpath exception");

    /** Names of files at the start of a line, then what is said of them; behind a comma the names go on in the next line. */
    private static final Pattern LINE = Pattern.compile("  ((?:[\\w*.-]+\\.(?:so|jar)(?:, *| +|$))*)(.*)");

    private static final Set<String> FAULTS = new TreeSet<>();

    private Licences() {}

    /** Files, as patterns, and what is said of them. */
    private record Entry(List<String> names, StringBuilder text) {
        boolean isOf(String file) {
            return names.stream().anyMatch(name -> fits(name, file));
        }
    }

    private static boolean fits(String name, String file) {
        // Libraries have their version behind the name.
        String pattern = name.endsWith(".so") ? name + "*" : name;
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(file));
    }

    public static void main(String[] folders) throws IOException {
        Set<String> used = new TreeSet<>();
        Set<String> named = new TreeSet<>();
        for (String argument : folders) {
            Path folder = Path.of(argument);
            List<Entry> entries = entries(folder.resolve("THIRD-PARTY.txt"));
            Set<String> files = names(folder.resolve("lib"));
            Set<String> natives = names(folder.resolve("lib/native"));
            for (String file : natives) {
                if (entries.stream().noneMatch(entry -> entry.isOf(file))) {
                    FAULTS.add("no entry for lib/native/" + file);
                }
            }
            compare(folder.resolve("sbom.json"), entries);
            files.addAll(natives);
            for (Entry entry : entries) {
                named.addAll(entry.names);
                entry.names.stream()
                        .filter(name -> files.stream().anyMatch(file -> fits(name, file)))
                        .forEach(used::add);
            }
        }
        named.removeAll(used);
        named.forEach(name -> FAULTS.add("no file for the entry " + name));
        FAULTS.forEach(fault -> System.out.println("THIRD-PARTY.txt: " + fault));
        if (FAULTS.isEmpty()) {
            System.out.println(used.size() + " entries fit");
        }
        System.exit(FAULTS.isEmpty() ? 0 : 1);
    }

    private static void compare(Path sbom, List<Entry> entries) throws IOException {
        JsonArray components = JsonParser.parseString(Files.readString(sbom))
                .getAsJsonObject()
                .getAsJsonArray("components");
        for (JsonElement component : components) {
            JsonObject jar = component.getAsJsonObject();
            String file = jar.get("name").getAsString() + "-" + jar.get("version").getAsString() + ".jar";
            List<String> licences = licences(jar);
            if (licences.isEmpty()) {
                FAULTS.add("the SBOM has no licence of " + file);
            } else if (!licences.equals(List.of("Apache-2.0"))) {
                List<String> words = licences.stream()
                        .map(id -> WORDS.getOrDefault(id, id))
                        .toList();
                if (entries.stream()
                        .noneMatch(entry -> entry.isOf(file)
                                && words.stream().anyMatch(entry.text.toString()::contains))) {
                    FAULTS.add("no entry for " + file + " that says " + String.join(" or ", words));
                }
            }
        }
    }

    private static List<String> licences(JsonObject jar) {
        List<String> found = new ArrayList<>();
        if (jar.has("licenses")) {
            for (JsonElement choice : jar.getAsJsonArray("licenses")) {
                JsonObject licence = choice.getAsJsonObject().getAsJsonObject("license");
                found.add((licence.has("id") ? licence.get("id") : licence.get("name")).getAsString());
            }
        }
        return found;
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> names = new TreeSet<>();
            files.filter(Files::isRegularFile).forEach(file -> names.add(file.getFileName().toString()));
            return names;
        }
    }

    private static List<Entry> entries(Path text) throws IOException {
        List<Entry> entries = new ArrayList<>();
        boolean goesOn = false;
        for (String line : Files.readAllLines(text)) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                goesOn = false;
                continue;
            }
            List<String> names = Stream.of(parts.group(1).split("[, ]+"))
                    .filter(name -> !name.isEmpty())
                    .toList();
            if (!names.isEmpty() && !goesOn) {
                entries.add(new Entry(new ArrayList<>(), new StringBuilder()));
            }
            if (!entries.isEmpty()) {
                Entry entry = entries.get(entries.size() - 1);
                entry.names.addAll(names);
                entry.text.append(parts.group(2)).append(' ');
            }
            goesOn = parts.group(1).stripTrailing().endsWith(",");
        }
        return entries;
    }
}
