package org.elasticvision.train.cli.recipe;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A value of a recipe file as the words of its option, if it is of the option's type. */
final class RecipeValue {
    private RecipeValue() {}

    /**
     * {@return the words; none for a switch that is off and has no opposite}
     *
     * @throws IllegalArgumentException if the value is of another type, such as {@code 'fast' is not a number}
     */
    static List<String> words(CommandSpec command, OptionSpec option, Node value) {
        String name = option.longestName();
        if (isSwitch(option)) {
            boolean on = truth(value);
            if (on) {
                return List.of(name);
            }
            return option.negatable()
                    ? List.of(command.negatableOptionTransformer().makeNegative(name, command))
                    : List.of();
        }
        if (value instanceof SequenceNode list) {
            if (option.splitRegex().isEmpty()) {
                throw new IllegalArgumentException("a list, and one value is wanted");
            }
            if (list.getValue().isEmpty()) {
                throw new IllegalArgumentException("an empty list; leave the key out instead");
            }
            return List.of(name + "="
                    + list.getValue().stream()
                            .map(element -> text(option, element))
                            .collect(Collectors.joining(",")));
        }
        return List.of(name + "=" + text(option, value));
    }

    private static boolean isSwitch(OptionSpec option) {
        return option.arity().max() == 0;
    }

    private static boolean truth(Node value) {
        if (value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return Boolean.parseBoolean(scalar.getValue().toLowerCase(Locale.ROOT));
        }
        throw new IllegalArgumentException(shown(value) + " is not true or false");
    }

    private static String text(OptionSpec option, Node value) {
        if (!(value instanceof ScalarNode scalar)) {
            throw new IllegalArgumentException(shown(value) + ", and one value is wanted");
        }
        Class<?> type = elementType(option);
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            throw new IllegalArgumentException("no value; give one, or leave the key out");
        }
        if (type == Integer.class || type == int.class) {
            require(tag.equals(Tag.INT), text, "a whole number");
        } else if (type == Double.class || type == double.class) {
            require(tag.equals(Tag.INT) || tag.equals(Tag.FLOAT), text, "a number");
        } else if (type.isEnum()) {
            List<String> words = Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                    .toList();
            require(words.contains(text.toLowerCase(Locale.ROOT)), text, "one of " + String.join(", ", words));
        } else {
            require(!text.isBlank() && !tag.equals(Tag.BOOL), text, "a word");
        }
        return text;
    }

    private static void require(boolean holds, String text, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException("'" + text + "' is not " + wanted);
        }
    }

    /** Of a list or an array its elements'. */
    private static Class<?> elementType(OptionSpec option) {
        if (option.type().isArray()) {
            return option.type().getComponentType();
        }
        Class<?>[] inner = option.auxiliaryTypes();
        return inner.length > 0 ? inner[0] : option.type();
    }

    private static String shown(Node value) {
        if (value instanceof ScalarNode scalar) {
            return scalar.getTag().equals(Tag.NULL) ? "no value" : "'" + scalar.getValue() + "'";
        }
        return value instanceof SequenceNode ? "a list" : "a table of keys";
    }
}
