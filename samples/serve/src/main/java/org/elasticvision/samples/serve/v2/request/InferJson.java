package org.elasticvision.samples.serve.v2.request;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.elasticvision.samples.serve.http.RequestRefused;

/**
 * Reads the JSON of a request without making a tree of it, which would take a hundred bytes for each number. Members that the
 * protocol does not have are skipped. Not thread-safe.
 */
final class InferJson {
    private final JsonReader reader;

    /** Null where the request has none. */
    String id;

    boolean binaryOutput;
    final Map<String, String> parameters = new TreeMap<>();
    final List<RawInput> inputs = new ArrayList<>();
    final List<InferRequest.Wanted> outputs = new ArrayList<>();

    private InferJson(Reader text) {
        reader = new JsonReader(text);
        reader.setStrictness(Strictness.STRICT);
    }

    /**
     * Reads a request.
     *
     * @throws RequestRefused 400 where it is not the protocol's
     */
    static InferJson read(Reader text) {
        InferJson json = new InferJson(text);
        try {
            json.object(json::member);
            if (json.reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IllegalStateException();
            }
            return json;
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw BadRequest.of("the JSON cannot be read at " + json.reader.getPath()
                    + "; send an object with inputs, each with name, shape, datatype and data");
        }
    }

    private interface Member {
        void read(String name) throws IOException;
    }

    private interface Value {
        void read() throws IOException;
    }

    private void object(Member member) throws IOException {
        reader.beginObject();
        while (reader.hasNext()) {
            member.read(reader.nextName());
        }
        reader.endObject();
    }

    private void array(Value value) throws IOException {
        reader.beginArray();
        while (reader.hasNext()) {
            value.read();
        }
        reader.endArray();
    }

    private void member(String name) throws IOException {
        switch (name) {
            case "id" -> id = text();
            case "parameters" -> object(this::parameter);
            case "inputs" -> array(this::input);
            case "outputs" -> array(this::output);
            default -> reader.skipValue();
        }
    }

    private void parameter(String name) throws IOException {
        if (name.equals("binary_data_output")) {
            binaryOutput = reader.nextBoolean();
        } else {
            parameters.put(name, reader.peek() == JsonToken.BOOLEAN ? "" + reader.nextBoolean() : reader.nextString());
        }
    }

    private void input() throws IOException {
        RawInput input = new RawInput();
        inputs.add(input);
        object(name -> {
            switch (name) {
                case "name" -> input.name = text();
                case "datatype" -> input.datatype = text();
                case "shape" -> {
                    input.shape = new ArrayList<>();
                    array(() -> input.shape.add(reader.nextInt()));
                }
                case "data" -> data(input);
                case "parameters" -> object(parameter -> inputParameter(input, parameter));
                default -> reader.skipValue();
            }
        });
    }

    private void inputParameter(RawInput input, String name) throws IOException {
        if (name.equals("binary_data_size")) {
            input.binarySize = reader.nextInt();
            if (input.binarySize < 0) {
                throw new NumberFormatException();
            }
        } else {
            reader.skipValue();
        }
    }

    /** Flat or nested: the elements come in the same order. */
    private void data(RawInput input) throws IOException {
        int depth = 0;
        do {
            switch (reader.peek()) {
                case BEGIN_ARRAY -> {
                    reader.beginArray();
                    depth++;
                }
                case END_ARRAY -> {
                    reader.endArray();
                    depth--;
                }
                case NUMBER -> input.numbers.add(number());
                case STRING -> input.texts.add(reader.nextString());
                case BEGIN_OBJECT, END_OBJECT, NAME, BOOLEAN, NULL, END_DOCUMENT -> throw new IllegalStateException();
            }
        } while (depth > 0);
    }

    private float number() throws IOException {
        float value = (float) reader.nextDouble();
        if (!Float.isFinite(value)) {
            throw new NumberFormatException();
        }
        return value;
    }

    private void output() throws IOException {
        String[] output = new String[1];
        Boolean[] binary = new Boolean[1];
        object(name -> {
            switch (name) {
                case "name" -> output[0] = text();
                case "parameters" ->
                    object(parameter -> {
                        switch (parameter) {
                            case "binary_data" -> binary[0] = reader.nextBoolean();
                            case "classification" ->
                                throw BadRequest.of("the classification extension is not served; ask for the output"
                                        + " answer, with the parameter top in the request");
                            default -> reader.skipValue();
                        }
                    });
                default -> reader.skipValue();
            }
        });
        if (output[0] == null) {
            throw BadRequest.of("an output that is asked for needs its name");
        }
        outputs.add(new InferRequest.Wanted(output[0], binary[0]));
    }

    private String text() throws IOException {
        if (reader.peek() != JsonToken.STRING) {
            throw new IllegalStateException();
        }
        return reader.nextString();
    }
}
