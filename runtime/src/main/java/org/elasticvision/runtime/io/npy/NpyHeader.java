package org.elasticvision.runtime.io.npy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.elasticvision.runtime.base.ElasticVisionException;

/** The description at the head of a {@code .npy} file: a Python dictionary of three entries. */
record NpyHeader(NpyType type, List<Integer> shape) {
    private static final Pattern DESCRIPTOR = Pattern.compile("['\"]descr['\"]\\s*:\\s*(?:'([^']*)'|\"([^\"]*)\")");
    private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)\\b");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([0-9L,\\s]*)\\)");

    /** Parses the dictionary; {@code name} is the file's, for messages. */
    static NpyHeader parse(String text, String name) {
        Matcher descriptor = DESCRIPTOR.matcher(text);
        Matcher order = ORDER.matcher(text);
        Matcher shape = SHAPE.matcher(text);
        if (!order.find() || !shape.find() || !text.contains("descr")) {
            throw new ElasticVisionException(name + ": damaged NumPy header; save the array again with numpy.save");
        }
        if (!descriptor.find()) {
            throw new ElasticVisionException(
                    name + ": holds structured elements; save a plain array of one of " + NpyType.names());
        }
        String code = descriptor.group(1) == null ? descriptor.group(2) : descriptor.group(1);
        if (order.group(1).equals("True")) {
            throw new ElasticVisionException(
                    name + ": is in Fortran order; save numpy.ascontiguousarray(array) instead");
        }
        return new NpyHeader(type(code, name), dimensions(shape.group(1), name));
    }

    /** The dictionary as NumPy writes it. */
    static String format(NpyType type, int... shape) {
        String dimensions = IntStream.of(shape).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        return "{'descr': '" + type.descriptor() + "', 'fortran_order': False, 'shape': (" + dimensions
                + (shape.length == 1 ? ",), }" : "), }");
    }

    /** Number of bytes of the elements; fits an array. */
    int dataBytes(String name) {
        long bytes = type.bytes();
        try {
            for (int dimension : shape) {
                bytes = Math.multiplyExact(bytes, dimension);
            }
            return Math.toIntExact(bytes);
        } catch (ArithmeticException e) {
            throw new ElasticVisionException(
                    name + ": shape " + shape + " of " + type.numpyName() + " is more than 2 GiB; split the array", e);
        }
    }

    private static NpyType type(String code, String name) {
        if (code.contains("O")) {
            throw new ElasticVisionException(
                    name + ": holds pickled Python objects, which are never loaded; save it as " + "one of "
                            + NpyType.names());
        }
        if (code.startsWith(">")) {
            throw new ElasticVisionException(name + ": holds big-endian numbers (" + code + "); save array.astype('<"
                    + code.substring(1) + "')");
        }
        return NpyType.of(code)
                .orElseThrow(() -> new ElasticVisionException(
                        name + ": holds elements of type " + code + "; save it as one of " + NpyType.names()));
    }

    private static List<Integer> dimensions(String text, String name) {
        List<Integer> shape = new ArrayList<>();
        for (String part : text.replace("L", "").strip().split("\\s*,\\s*", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            try {
                shape.add(Integer.valueOf(part));
            } catch (NumberFormatException e) {
                throw new ElasticVisionException(
                        name + ": shape (" + text + ") has a dimension that is not a number or is too large", e);
            }
        }
        return List.copyOf(shape);
    }
}
