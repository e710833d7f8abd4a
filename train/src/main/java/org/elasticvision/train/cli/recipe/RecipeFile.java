package org.elasticvision.train.cli.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.elasticvision.runtime.io.name.Spelling;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A recipe as YAML 1.2: one table, whose keys are options without their dashes. Nothing of it is turned into objects: its nodes are read, so
 * a file cannot do anything, and each has its line.
 *
 * @param name of the file, for messages
 * @param entries by the longest name of each option, in the order of the file
 */
public record RecipeFile(String name, Map<String, Entry> entries) {
    /** More than any recipe has. */
    static final int MOST_CHARACTERS = 1 << 16;

    /**
     * A key and its value.
     *
     * @param line counted from 1
     * @param words that say the same on the command line
     */
    public record Entry(int line, List<String> words) {}

    /**
     * Reads a recipe.
     *
     * @param name of the file, for messages
     * @param text of the file
     * @param command whose options the keys are
     * @param allowed options that belong to a recipe
     * @throws RecipeFileException if it is not YAML, has a key that is not known, or a value of another type
     */
    public static RecipeFile parse(String name, String text, CommandSpec command, List<OptionSpec> allowed) {
        Map<String, OptionSpec> keys = new LinkedHashMap<>();
        allowed.forEach(option -> keys.put(option.longestName().substring(2), option));
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : table(name, text).getValue()) {
            int line = line(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                throw RecipeFileException.at(name, line, "a key must be a word; the keys are " + list(keys));
            }
            String key = scalar.getValue();
            OptionSpec option = keys.get(key);
            if (option == null) {
                throw RecipeFileException.at(name, line, unknown(key, keys, command));
            }
            try {
                Entry entry = new Entry(line, RecipeValue.words(command, option, tuple.getValueNode()));
                Entry before = entries.put(option.longestName(), entry);
                if (before != null) {
                    throw new IllegalArgumentException("is in line " + before.line() + " already; remove one");
                }
            } catch (IllegalArgumentException e) {
                throw RecipeFileException.at(name, line, key + ": " + e.getMessage());
            }
        }
        return new RecipeFile(name, entries);
    }

    private static MappingNode table(String name, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setSchema(new WithoutMerges())
                .setCodePointLimit(MOST_CHARACTERS)
                .setAllowRecursiveKeys(false)
                .setAllowNonScalarKeys(true) // so that the message below names the line
                .build();
        try {
            Node root = new Compose(settings)
                    .composeString(text)
                    .orElseThrow(() ->
                            new RecipeFileException(name + ": is empty; give a line 'KEY: VALUE' for each option"));
            if (root instanceof MappingNode table) {
                return table;
            }
            throw RecipeFileException.at(name, line(root), "is not a recipe; give a line 'KEY: VALUE' for each option");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw RecipeFileException.at(name, line, "is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new RecipeFileException(name + ": is not a recipe: " + problem);
        } catch (StackOverflowError e) {
            throw new RecipeFileException(name + ": is not a recipe: lists in lists in lists");
        }
    }

    /** YAML 1.2 has no merge keys: what {@code <<} brings in would stand on no line of its own. */
    private static final class WithoutMerges extends CoreSchema {
        @Override
        public ScalarResolver getScalarResolver() {
            return new CoreScalarResolver(false);
        }
    }

    private static String unknown(String key, Map<String, OptionSpec> keys, CommandSpec command) {
        if (command.optionsMap().containsKey("--" + key)) {
            return "'" + key + "' is not part of a recipe; give --" + key + " on the command line";
        }
        List<String> near = Spelling.nearest(key.replace('_', '-'), keys.keySet());
        return "unknown key '" + key + "'; "
                + (near.isEmpty() ? "the keys are " + list(keys) : "did you mean " + String.join(" or ", near) + "?");
    }

    private static String list(Map<String, OptionSpec> keys) {
        return keys.keySet().stream().sorted().collect(Collectors.joining(", "));
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /** {@return the words of all entries} */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        entries.values().forEach(entry -> words.addAll(entry.words()));
        return words;
    }

    /** {@return a message about an option with the line that gave it, where one has} */
    String explained(String message) {
        return entries.entrySet().stream()
                .filter(entry -> message.matches("(?s).*" + entry.getKey() + "(?![a-z-]).*"))
                .findFirst()
                .map(entry ->
                        message + " (" + name + ": line " + entry.getValue().line() + ")")
                .orElse(message);
    }
}
