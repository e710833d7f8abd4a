package org.elasticvision.convert.checkpoint.safetensors;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.checkpoint.file.CheckpointFile;
import org.elasticvision.convert.checkpoint.tensor.DType;

/**
 * What the JSON header of a safetensors file says, each number checked by itself.
 *
 * @param tensors by name, in the order of the header
 * @param metadata texts beside them
 */
record SafetensorsHeader(Map<String, Entry> tensors, Map<String, String> metadata) {
    /** No network has so many; each costs memory before its values are looked at. */
    private static final int MAX_TENSORS = 200_000;

    private static final int MAX_DIMENSIONS = 64;

    private static final Map<String, DType> TYPES = Map.ofEntries(
            Map.entry("F64", DType.FLOAT64),
            Map.entry("F32", DType.FLOAT32),
            Map.entry("F16", DType.FLOAT16),
            Map.entry("BF16", DType.BFLOAT16),
            Map.entry("I64", DType.INT64),
            Map.entry("I32", DType.INT32),
            Map.entry("I16", DType.INT16),
            Map.entry("I8", DType.INT8),
            Map.entry("U32", DType.UINT32),
            Map.entry("U16", DType.UINT16),
            Map.entry("U8", DType.UINT8),
            Map.entry("BOOL", DType.BOOL),
            Map.entry("C64", DType.COMPLEX64));

    /**
     * A tensor of the file.
     *
     * @param begin its first byte, counted from the end of the header
     * @param end the byte after its last
     */
    record Entry(DType type, List<Long> shape, long begin, long end) {}

    /** The word that the format has for a type. */
    static String word(DType type) {
        return TYPES.entrySet().stream()
                .filter(entry -> entry.getValue() == type)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("safetensors has no tensors of " + type));
    }

    static SafetensorsHeader read(CheckpointFile file, long position, long length) {
        InputStreamReader text = new InputStreamReader(
                new Section(file, position, length),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        try (JsonReader json = new JsonReader(text)) {
            json.setStrictness(Strictness.STRICT);
            SafetensorsHeader header = new SafetensorsHeader(new LinkedHashMap<>(), new LinkedHashMap<>());
            header.fill(file, json);
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw damaged(file, "goes on after its end");
            }
            return header;
        } catch (CharacterCodingException e) {
            throw damaged(file, "is not UTF-8");
        } catch (MalformedJsonException | EOFException | JsonParseException | IllegalStateException e) {
            throw damaged(file, "is not the JSON of safetensors");
        } catch (IOException e) {
            throw new CheckpointException(file.path(), "cannot be read: " + e.getMessage(), e);
        }
    }

    private void fill(CheckpointFile file, JsonReader json) throws IOException {
        boolean hasMetadata = false;
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (name.equals(SafetensorsFormat.METADATA) && !hasMetadata) {
                hasMetadata = true;
                metadata(file, json);
            } else if ((hasMetadata && name.equals(SafetensorsFormat.METADATA))
                    || tensors.put(name, entry(file, name, json)) != null) {
                throw damaged(file, "has '" + name + "' twice");
            } else if (tensors.size() > MAX_TENSORS) {
                throw damaged(file, "names more tensors than any network has");
            }
        }
        json.endObject();
    }

    private void metadata(CheckpointFile file, JsonReader json) throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            String key = json.nextName();
            if (json.peek() != JsonToken.STRING || metadata.put(key, json.nextString()) != null) {
                throw damaged(file, "has '" + key + "' in its metadata twice, or not as text");
            }
        }
        json.endObject();
    }

    private static Entry entry(CheckpointFile file, String name, JsonReader json) throws IOException {
        String type = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        json.beginObject();
        while (json.hasNext()) {
            String key = json.nextName();
            boolean again =
                    switch (key) {
                        case "dtype" -> type != null;
                        case "shape" -> shape != null;
                        case "data_offsets" -> offsets != null;
                        default -> false;
                    };
            if (again) {
                throw damaged(file, "has '" + key + "' of '" + name + "' twice");
            }
            switch (key) {
                case "dtype" -> type = text(file, name, json);
                case "shape" -> shape = numbers(file, name, json);
                case "data_offsets" -> offsets = numbers(file, name, json);
                default -> json.skipValue();
            }
        }
        json.endObject();
        if (type == null || shape == null || offsets == null || offsets.size() != 2) {
            throw damaged(file, "does not say type, shape and place of '" + name + "'");
        }
        DType known = TYPES.get(type);
        if (known == null) {
            throw file.problem("its tensor '" + name + "' is of the type " + type
                    + ", which is not read; save the network in float32");
        }
        Entry entry = new Entry(known, shape, offsets.get(0), offsets.get(1));
        if (entry.begin > entry.end || !isOfSize(entry)) {
            throw damaged(
                    file,
                    "gives '" + name + "' of shape " + shape + " and type " + type + " the bytes " + entry.begin
                            + " to " + entry.end);
        }
        return entry;
    }

    private static boolean isOfSize(Entry entry) {
        try {
            long elements = 1;
            for (long size : entry.shape) {
                elements = Math.multiplyExact(elements, size);
            }
            return Math.multiplyExact(elements, (long) entry.type.bytes()) == entry.end - entry.begin;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private static String text(CheckpointFile file, String name, JsonReader json) throws IOException {
        if (json.peek() != JsonToken.STRING) {
            throw damaged(file, "does not say the type of '" + name + "'");
        }
        return json.nextString();
    }

    private static List<Long> numbers(CheckpointFile file, String name, JsonReader json) throws IOException {
        List<Long> numbers = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            String digits = json.peek() == JsonToken.NUMBER ? json.nextString() : "";
            if (!digits.matches("[0-9]{1,18}") || numbers.size() == MAX_DIMENSIONS) {
                throw damaged(file, "has impossible numbers for '" + name + "'");
            }
            numbers.add(Long.parseLong(digits));
        }
        json.endArray();
        return List.copyOf(numbers);
    }

    private static CheckpointException damaged(CheckpointFile file, String what) {
        return file.problem("damaged: its header " + what + "; download it again");
    }

    /** A part of the file as a stream, so that no more of a long header than what it says is ever in memory. */
    private static final class Section extends InputStream {
        private static final int CHUNK = 1 << 16;

        private final CheckpointFile file;
        private long position;
        private long left;

        Section(CheckpointFile file, long position, long length) {
            this.file = file;
            this.position = position;
            this.left = length;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(Math.min(left, CHUNK), length);
            ByteBuffer chunk = file.read(position, count);
            chunk.get(bytes, offset, count);
            position += count;
            left -= count;
            return count;
        }
    }
}
