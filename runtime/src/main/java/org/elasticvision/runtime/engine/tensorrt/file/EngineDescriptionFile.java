package org.elasticvision.runtime.engine.tensorrt.file;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.io.AtomicFile;

/** The JSON form of an {@link EngineDescription}. */
public final class EngineDescriptionFile {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final int FORMAT = 1;
    private static final long LARGEST = 64 << 20;

    private EngineDescriptionFile() {}

    /**
     * Writes it, whole or not at all.
     *
     * @param file the file
     * @param description what is written
     */
    public static void write(Path file, EngineDescription description) {
        JsonObject gpu = new JsonObject();
        gpu.addProperty("name", description.gpu().name());
        gpu.addProperty("major", description.gpu().major());
        gpu.addProperty("minor", description.gpu().minor());
        gpu.addProperty("memoryBytes", description.gpu().memoryBytes());
        JsonObject batch = new JsonObject();
        batch.addProperty("min", description.batch().min());
        batch.addProperty("opt", description.batch().opt());
        batch.addProperty("max", description.batch().max());
        JsonObject metadata = new JsonObject();
        description.metadata().forEach(metadata::addProperty);
        JsonObject object = new JsonObject();
        object.addProperty("format", FORMAT);
        object.addProperty("engineSha256", description.engineSha256());
        object.addProperty("modelFile", description.modelFile());
        object.addProperty("modelSha256", description.modelSha256());
        if (!description.madeWith().isEmpty()) {
            JsonArray madeWith = new JsonArray();
            description.madeWith().forEach(madeWith::add);
            object.add("madeWith", madeWith);
        }
        object.addProperty("tensorRt", description.tensorRt());
        object.add("gpu", gpu);
        object.add("batch", batch);
        object.addProperty("hardwareCompatible", description.hardwareCompatible());
        object.addProperty("versionCompatible", description.versionCompatible());
        object.add("metadata", metadata);
        byte[] json = (GSON.toJson(object) + "\n").getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(json));
    }

    /**
     * Reads it.
     *
     * @param file the file
     * @return the description
     * @throws ModelException if it is missing, damaged or of a later form
     */
    public static EngineDescription read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ModelException(file + " is missing, which says how the engine beside it is to be used; copy both,"
                    + " or build the engine again with 'elastic build-engine'");
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw damaged(file, "it is too large", null);
            }
            JsonObject object = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            int format = object.get("format").getAsInt();
            if (format != FORMAT) {
                throw new ModelException(file + " has the form " + format + ", this version reads " + FORMAT
                        + "; build the engine again with 'elastic build-engine'");
            }
            return description(object);
        } catch (JsonParseException
                | IllegalStateException
                | IllegalArgumentException
                | NullPointerException
                | ClassCastException
                | UnsupportedOperationException e) { // whatever Gson throws where a value is of another kind
            throw damaged(file, "it is not what 'elastic build-engine' writes", e);
        } catch (IOException e) {
            throw damaged(file, "it cannot be read", e);
        }
    }

    private static EngineDescription description(JsonObject object) {
        JsonObject gpu = object.getAsJsonObject("gpu");
        JsonObject batch = object.getAsJsonObject("batch");
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> entry :
                object.getAsJsonObject("metadata").entrySet()) {
            metadata.put(entry.getKey(), entry.getValue().getAsString());
        }
        List<String> madeWith = new ArrayList<>();
        if (object.has("madeWith")) {
            object.getAsJsonArray("madeWith").forEach(word -> madeWith.add(word.getAsString()));
        }
        return new EngineDescription(
                object.get("engineSha256").getAsString(),
                object.get("modelFile").getAsString(),
                object.get("modelSha256").getAsString(),
                object.get("tensorRt").getAsString(),
                new Gpu(
                        gpu.get("name").getAsString(),
                        gpu.get("major").getAsInt(),
                        gpu.get("minor").getAsInt(),
                        gpu.get("memoryBytes").getAsLong()),
                new BatchRange(
                        batch.get("min").getAsInt(),
                        batch.get("opt").getAsInt(),
                        batch.get("max").getAsInt()),
                object.get("hardwareCompatible").getAsBoolean(),
                object.get("versionCompatible").getAsBoolean(),
                metadata,
                madeWith);
    }

    private static ModelException damaged(Path file, String why, Exception cause) {
        return new ModelException(
                file + " is damaged (" + why
                        + "); copy it again, or build the engine again with 'elastic build-engine'",
                cause);
    }
}
