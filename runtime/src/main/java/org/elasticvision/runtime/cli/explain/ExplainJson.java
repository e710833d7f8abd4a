package org.elasticvision.runtime.cli.explain;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.elasticvision.runtime.cli.output.AnswerJson;
import org.elasticvision.runtime.cli.output.AnswerRow;
import org.elasticvision.runtime.explain.ClassActivation;
import org.elasticvision.runtime.explain.Explanation;
import org.elasticvision.runtime.explain.HeatMap;
import org.elasticvision.runtime.explain.PolicySurvey;
import org.elasticvision.runtime.explain.PolicySurvey.BlockMean;
import org.elasticvision.runtime.explain.PolicySurvey.Group;
import org.elasticvision.runtime.explain.ScalePolicy;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.ModelInfo;

/** Machine-readable explanations: one JSON object on one line. Stateless. */
public final class ExplainJson {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private ExplainJson() {}

    static String of(Path image, ModelInfo info, Explanation explanation, ExplanationFiles.Written files) {
        JsonObject object = new JsonObject();
        object.addProperty("image", image.toString());
        describe(object, info, explanation, (index, map) -> {
            Path file = index.isPresent() ? files.activations().get(index.getAsInt()) : files.uncertainty();
            if (file != null) {
                map.addProperty("file", file.toString());
            }
        });
        if (files.policy() != null) {
            object.addProperty("scale_policy_file", files.policy().toString());
        }
        return GSON.toJson(object);
    }

    /** Adds to a map what shows it. */
    public interface MapPicture {
        /**
         * Adds members.
         *
         * @param classIndex of an activation map; empty for the uncertainty
         * @param map the map's object
         */
        void addTo(OptionalInt classIndex, JsonObject map);
    }

    /**
     * Adds what is known of one image: the answer as {@link AnswerJson} has it, {@code scale_policy}, {@code activation_maps} and
     * {@code uncertainty}, each where there is one.
     *
     * @param object gets the members
     * @param info of the model
     * @param explanation of the image
     * @param pictures adds to each map what shows it
     */
    public static void describe(JsonObject object, ModelInfo info, Explanation explanation, MapPicture pictures) {
        AnswerJson.describe(object, info.task(), explanation.answer(), AnswerRow.of(explanation.answer(), null, null));
        explanation.policy().ifPresent(policy -> object.add("scale_policy", policy(policy)));
        if (!explanation.activations().isEmpty()) {
            JsonArray maps = new JsonArray();
            for (ClassActivation activation : explanation.activations()) {
                JsonObject map = activation(activation);
                pictures.addTo(OptionalInt.of(activation.score().index()), map);
                maps.add(map);
            }
            object.add("activation_maps", maps);
        }
        explanation.uncertainty().ifPresent(map -> {
            JsonObject uncertainty = new JsonObject();
            uncertainty.addProperty("mean", map.mean());
            uncertainty.addProperty("max", map.max());
            pictures.addTo(OptionalInt.empty(), uncertainty);
            object.add("uncertainty", uncertainty);
        });
    }

    private static JsonArray policy(ScalePolicy policy) {
        JsonArray blocks = new JsonArray();
        for (ScalePolicy.Block block : policy.blocks()) {
            JsonObject object = new JsonObject();
            object.addProperty("block", block.name());
            object.addProperty("height", block.height());
            object.addProperty("width", block.width());
            object.addProperty("high", block.high());
            object.addProperty("low", block.low());
            object.addProperty("score", block.score());
            blocks.add(object);
        }
        return blocks;
    }

    private static JsonObject activation(ClassActivation activation) {
        JsonObject object = new JsonObject();
        object.addProperty("index", activation.score().index());
        object.addProperty("id", activation.score().label().id());
        object.addProperty("name", activation.score().label().name());
        object.addProperty("logit", activation.score().logit());
        HeatMap map = activation.map();
        float[] values = map.values();
        JsonArray rows = new JsonArray();
        for (int y = 0; y < map.height(); y++) {
            JsonArray row = new JsonArray();
            for (int x = 0; x < map.width(); x++) {
                row.add(values[y * map.width() + x]);
            }
            rows.add(row);
        }
        object.add("map", rows);
        return object;
    }

    static String of(Path model, ModelInfo info, PolicySurvey survey, int skipped) {
        JsonObject object = new JsonObject();
        object.addProperty("model", model.toString());
        object.addProperty("architecture", info.architecture());
        object.addProperty("precision", info.precision());
        object.addProperty("task", info.task().id());
        object.addProperty("skipped", skipped);
        JsonArray blocks = new JsonArray();
        survey.blocks().forEach(blocks::add);
        object.add("blocks", blocks);
        object.add("all", group(survey.all()));
        JsonObject sizes = new JsonObject();
        survey.sizes().forEach((size, group) -> sizes.add(size.id(), group(group)));
        object.add("sizes", sizes);
        JsonArray classes = new JsonArray();
        survey.classes().forEach((index, group) -> {
            Label label = info.labels().get(index);
            JsonObject entry = new JsonObject();
            entry.addProperty("index", index);
            entry.addProperty("id", label.id());
            entry.addProperty("name", label.name());
            group(group).entrySet().forEach(member -> entry.add(member.getKey(), member.getValue()));
            classes.add(entry);
        });
        object.add("classes", classes);
        return GSON.toJson(object);
    }

    private static JsonObject group(Group group) {
        JsonObject object = new JsonObject();
        object.addProperty("images", group.images());
        object.add("score", numbers(group, BlockMean::score));
        object.add("deviation", numbers(group, BlockMean::deviation));
        object.add("high", numbers(group, BlockMean::high));
        return object;
    }

    private static JsonArray numbers(Group group, ToDoubleFunction<BlockMean> number) {
        JsonArray array = new JsonArray();
        group.blocks().forEach(block -> array.add(number.applyAsDouble(block)));
        return array;
    }
}
