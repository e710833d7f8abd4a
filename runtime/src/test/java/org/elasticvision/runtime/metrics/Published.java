package org.elasticvision.runtime.metrics;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.assertj.core.data.Percentage;
import org.elasticvision.runtime.io.npy.NpyArray;
import org.elasticvision.runtime.io.npy.NpyFile;

/** Inputs and answers of the published evaluation, from the test resources. */
final class Published {
    /** The published code sums in float32 where we sum in double. */
    static final Percentage FLOAT_ROUNDING = Percentage.withPercentage(1e-4);

    private Published() {}

    static NpyArray array(String name) {
        try (InputStream in = Published.class.getResourceAsStream(name + ".npy")) {
            return NpyFile.read(in, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonObject answers(String section) {
        try (InputStream in = Published.class.getResourceAsStream("metrics.json")) {
            return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonObject()
                    .getAsJsonObject(section);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
