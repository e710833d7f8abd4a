package org.elasticvision.runtime.onnx.census;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.runtime.onnx.ProtobufFile;

/**
 * How many nodes of each kind an ONNX file has, read in a few milliseconds. Immutable.
 *
 * @param operators how many nodes there are of each
 * @param groupedConvolutions those with the number of groups, from 2 to 64, that most of them have: 32 in a ResNeXt. Convolutions of
 *     each channel by itself have as many groups as channels, which differ from layer to layer
 * @param hasFloat16Weights whether most tensors of floats are float16
 */
public record OnnxCensus(Map<String, Integer> operators, int groupedConvolutions, boolean hasFloat16Weights) {
    /** Longer ones, such as lists of labels, are skipped. */
    private static final int LONGEST_ENTRY = 256;

    private static final int MOST_GROUPS = 64;

    public OnnxCensus {
        operators = Map.copyOf(operators);
    }

    /**
     * Reads the short entries of a file; its graph is skipped, so that this takes well under a millisecond.
     *
     * @param file the model
     * @return entries by their names; those before the place where a damaged file cannot be read
     */
    public static Map<String, String> shortEntries(Path file) {
        Map<String, String> entries = new HashMap<>();
        try (ProtobufFile in = new ProtobufFile(file)) {
            in.read((field, end) -> {
                if (field == 14) {
                    String[] entry = {"", ""};
                    in.read(end, (part, partEnd) -> {
                        if ((part == 1 || part == 2) && partEnd - in.position() <= LONGEST_ENTRY) {
                            entry[part - 1] = in.text(partEnd);
                        }
                    });
                    entries.put(entry[0], entry[1]);
                }
            });
        } catch (IOException e) {
            // who opens it says what is wrong with it
        }
        return entries;
    }

    /**
     * Counts.
     *
     * @param file the model
     * @return empty where it is not a whole ONNX file
     */
    public static Optional<OnnxCensus> read(Path file) {
        try (ProtobufFile in = new ProtobufFile(file)) {
            Counting counting = new Counting(in);
            in.read(counting::model);
            return counting.operators.isEmpty() ? Optional.empty() : Optional.of(counting.census());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * {@return how many nodes there are of one kind}
     *
     * @param operator such as {@code Conv}
     */
    public int count(String operator) {
        return operators.getOrDefault(operator, 0);
    }

    private static final class Counting {
        private static final int FLOAT = 1;
        private static final int FLOAT16 = 10;

        private final ProtobufFile in;
        private final Map<String, Integer> operators = new HashMap<>();
        private final Map<Long, Integer> groups = new HashMap<>();
        private int floats;
        private int halves;

        Counting(ProtobufFile in) {
            this.in = in;
        }

        OnnxCensus census() {
            int grouped =
                    groups.values().stream().mapToInt(Integer::intValue).max().orElse(0);
            return new OnnxCensus(operators, grouped, halves > floats);
        }

        private void model(int field, long end) throws IOException {
            if (field == 7) {
                in.read(end, this::graph);
            }
        }

        private void graph(int field, long end) throws IOException {
            if (field == 1) {
                in.read(end, this::node);
            } else if (field == 5) {
                in.read(end, new Weights());
            }
        }

        private void node(int field, long end) throws IOException {
            if (field == 4) {
                operators.merge(in.text(end), 1, Integer::sum);
            } else if (field == 5) {
                Attribute attribute = new Attribute();
                in.read(end, attribute);
                if (attribute.name.equals("group") && attribute.number > 1 && attribute.number <= MOST_GROUPS) {
                    groups.merge(attribute.number, 1, Integer::sum);
                }
            }
        }

        private final class Attribute implements ProtobufFile.Fields {
            private String name = "";
            private long number;

            @Override
            public void number(int field, long value) {
                number = field == 3 ? value : number;
            }

            @Override
            public void bytes(int field, long end) throws IOException {
                if (field == 1) {
                    name = in.text(end);
                }
            }
        }

        private final class Weights implements ProtobufFile.Fields {
            @Override
            public void number(int field, long value) {
                floats += field == 2 && value == FLOAT ? 1 : 0;
                halves += field == 2 && value == FLOAT16 ? 1 : 0;
            }

            @Override
            public void bytes(int field, long end) {
                // names and weights
            }
        }
    }
}
