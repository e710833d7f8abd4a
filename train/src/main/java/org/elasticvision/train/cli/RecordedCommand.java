package org.elasticvision.train.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command line as a run keeps it for people: each option once, under its longest name, and paths absolute, so that it means the
 * same in another folder and on another day.
 *
 * @param options the words of each option, by its longest name
 * @param places the words that belong to no option
 */
record RecordedCommand(Map<String, List<String>> options, List<String> places) {
    RecordedCommand {
        options = new LinkedHashMap<>(options);
        places = List.copyOf(places);
    }

    /**
     * What was given.
     *
     * @param ignored options that are not kept, by their longest names
     */
    static RecordedCommand of(ParseResult parsed, Set<String> ignored) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        for (OptionSpec option : parsed.matchedOptions()) {
            if (!option.inherited() && !ignored.contains(option.longestName())) {
                options.put(option.longestName(), words(parsed.commandSpec(), option));
            }
        }
        List<String> places = parsed.matchedPositionals().stream()
                .flatMap(positional -> positional.originalStringValues().stream())
                .map(RecordedCommand::absolute)
                .toList();
        return new RecordedCommand(options, places);
    }

    /**
     * What was kept: words as {@link #words} gives them, which are sorted here, not parsed. An option that there is no more
     * stays as it is.
     *
     * @param command whose options they are
     */
    static RecordedCommand read(List<String> words, CommandSpec command) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        List<String> places = new ArrayList<>();
        for (String word : words) {
            if (!word.startsWith("--")) {
                places.add(word);
                continue;
            }
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            OptionSpec option = command.optionsMap()
                    .getOrDefault(name, command.negatedOptionsMap().get(name));
            List<String> kept =
                    options.computeIfAbsent(option == null ? name : option.longestName(), key -> new ArrayList<>());
            if (option == null || !option.isMultiValue()) {
                kept.clear();
            }
            kept.add(word);
        }
        return new RecordedCommand(options, places);
    }

    private static List<String> words(CommandSpec command, OptionSpec option) {
        String name = option.longestName();
        if (option.arity().max() == 0) {
            boolean on = Boolean.TRUE.equals(option.getValue());
            return List.of(on ? name : command.negatableOptionTransformer().makeNegative(name, command));
        }
        List<String> values = option.originalStringValues();
        // Of an option that takes one value the last one holds.
        List<String> holding = option.isMultiValue() ? values : values.subList(values.size() - 1, values.size());
        return holding.stream()
                .map(value -> name + "=" + (isPath(option) ? absolute(value) : value))
                .toList();
    }

    private static boolean isPath(OptionSpec option) {
        return Stream.concat(Stream.of(option.type()), Stream.of(option.auxiliaryTypes()))
                .anyMatch(type -> type == Path.class);
    }

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize().toString();
    }

    /**
     * With what is given later in place of what was given before.
     *
     * @param instead options that say the same as places do: where the one is given later, the other is dropped
     */
    RecordedCommand with(RecordedCommand later, Set<String> instead) {
        Map<String, List<String>> both = new LinkedHashMap<>(options);
        if (!later.places.isEmpty()) {
            both.keySet().removeAll(instead);
        }
        both.putAll(later.options);
        boolean kept = later.places.isEmpty() && Collections.disjoint(later.options.keySet(), instead);
        return new RecordedCommand(both, kept ? places : later.places);
    }

    List<String> words() {
        List<String> words = new ArrayList<>();
        options.values().forEach(words::addAll);
        words.addAll(places);
        return words;
    }
}
